import { expect, it } from "vitest";
import {
  openFeed,
  pauseMs,
  SNAPSHOT_WITHIN_MS,
  PING_AFTER_MS,
  PONG_WITHIN_MS,
  type FeedStatus,
  type SocketEvents,
} from "../../../../src/dashboard/feed/reconnecting-feed.ts";
import type { FeedMessage } from "../../../../src/dashboard/feed/message.ts";

/** Time that passes only when told to, and sockets that say only what they are told to. */
function stage() {
  let now = 0;
  const timers = new Set<{ at: number; ring: () => void }>();
  const sockets: { events: SocketEvents; sent: string[]; closed: boolean }[] = [];
  const states: number[] = [];
  const statuses: FeedStatus[] = [];
  let refused = 0;

  const feed = openFeed<{ seq: number }, FeedMessage>({
    open(events) {
      const socket = { events, sent: [] as string[], closed: false };
      sockets.push(socket);
      return {
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.closed = true;
        },
      };
    },
    apply: (state, { type, seq }) =>
      type === "snapshot" || (state !== null && seq === state.seq + 1) ? { seq } : null,
    onState: ({ seq }) => states.push(seq),
    onStatus: (status) => statuses.push(status),
    onRefused: () => {
      refused += 1;
    },
    clock: {
      now: () => now,
      after(ms, ring) {
        const timer = { at: now + ms, ring };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      chance: () => 0.5,
    },
  });

  return {
    feed,
    sockets,
    states,
    statuses,
    refusals: () => refused,
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = due.at;
        due.ring();
      }
      now = end;
    },
    say(message: FeedMessage | string) {
      const text = typeof message === "string" ? message : JSON.stringify(message);
      sockets.at(-1)?.events.heard(text);
    },
    lose() {
      sockets.at(-1)?.events.lost();
    },
    kinds: () => statuses.map(({ kind }) => kind),
  };
}

const SNAPSHOT: FeedMessage = { type: "snapshot", seq: 1 };

it("is live from the first snapshot on", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.say({ type: "delta", seq: 2 });
  expect(page.states).toEqual([1, 2]);
  expect(page.kinds()).toEqual(["live"]);
});

it("asks once for a snapshot after a gap, and shows nothing of what comes before it", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.say({ type: "delta", seq: 3 });
  page.say({ type: "delta", seq: 4 });
  expect(page.sockets[0]?.sent).toEqual(["snapshot"]);
  expect(page.states).toEqual([1]);
  page.say({ type: "snapshot", seq: 4 });
  page.say({ type: "delta", seq: 5 });
  expect(page.states).toEqual([1, 4, 5]);
  expect(page.kinds()).toEqual(["live", "stale", "live"]);
});

it("pings a quiet socket, and is content with its pong", () => {
  const page = stage();
  page.say(SNAPSHOT);
  for (let i = 1; i <= 5; i += 1) {
    page.pass(PING_AFTER_MS);
    expect(page.sockets[0]?.sent).toHaveLength(i);
    page.say("pong");
  }
  expect(new Set(page.sockets[0]?.sent)).toEqual(new Set(["ping"]));
  expect(page.kinds()).toEqual(["live"]);
});

it("is stale after 45 seconds without a word, says since when, and tries another socket", () => {
  const page = stage();
  page.pass(1_000);
  page.say(SNAPSHOT);
  page.pass(PING_AFTER_MS + PONG_WITHIN_MS - 1);
  expect(page.kinds()).toEqual(["live"]);
  page.pass(1);
  expect(page.statuses.at(-1)).toEqual({ kind: "stale", heardAt: 1_000 });
  expect(page.sockets).toHaveLength(2);
  expect(page.sockets[0]?.closed).toBe(true);
  page.say({ type: "snapshot", seq: 9 });
  expect(page.kinds()).toEqual(["live", "stale", "live"]);
});

it("hears nothing of a socket that it has given up", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.pass(PING_AFTER_MS + PONG_WITHIN_MS);
  page.sockets[0]?.events.heard(JSON.stringify({ type: "snapshot", seq: 77 }));
  page.sockets[0]?.events.lost();
  expect(page.states).toEqual([1]);
  expect(page.kinds()).toEqual(["live", "stale"]);
});

it("comes back after a loss, ever later while it fails, and at once again after it was live", () => {
  const page = stage();
  page.say(SNAPSHOT);
  const pauses: number[] = [];
  for (let failure = 1; failure <= 7; failure += 1) {
    page.lose();
    const pause = pauseMs(failure, 0.5);
    pauses.push(pause);
    page.pass(pause - 1);
    expect(page.sockets).toHaveLength(failure);
    page.pass(1);
    expect(page.sockets).toHaveLength(failure + 1);
  }
  expect(pauses).toEqual([1_500, 2_500, 4_500, 8_500, 15_500, 15_500, 15_500]);
  page.say(SNAPSHOT);
  page.lose();
  page.pass(pauseMs(1, 0.5));
  expect(page.sockets).toHaveLength(9);
  expect(page.kinds()).toEqual(["live", "broken", "live", "broken"]);
});

it("waits at least one second and at most thirty, whatever chance says", () => {
  for (const failures of [1, 2, 6, 50]) {
    expect(pauseMs(failures, 0)).toBe(1_000);
    expect(pauseMs(failures, 1)).toBeLessThanOrEqual(30_000);
  }
  expect(pauseMs(50, 1)).toBe(30_000);
});

it("tells where a socket was lost before it said anything, since nobody may be logged in any more", () => {
  const page = stage();
  page.lose();
  expect(page.refusals()).toBe(1);
  expect(page.statuses).toEqual([{ kind: "broken", heardAt: null }]);
  page.pass(2_000);
  page.say(SNAPSHOT);
  page.lose();
  expect(page.refusals()).toBe(1);
});

it("gives up a socket that never says anything", () => {
  const page = stage();
  page.pass(PONG_WITHIN_MS);
  expect(page.kinds()).toEqual(["broken"]);
  expect(page.sockets[0]?.closed).toBe(true);
});

it("does not wait when it is nudged: it opens what is lost, and asks what is quiet", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.feed.nudge();
  expect(page.sockets[0]?.sent).toEqual(["ping"]);
  page.pass(5_000);
  expect(page.kinds()).toEqual(["live", "stale"]);
  page.lose();
  page.feed.nudge();
  expect(page.sockets).toHaveLength(3);
  page.pass(PONG_WITHIN_MS - 1);
  expect(page.sockets).toHaveLength(3);
});

it("does nothing any more once it is closed", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.feed.close();
  page.lose();
  page.say({ type: "delta", seq: 2 });
  page.feed.nudge();
  page.pass(200_000);
  expect(page.states).toEqual([1]);
  expect(page.sockets).toHaveLength(1);
  expect(page.sockets[0]).toMatchObject({ closed: true, sent: [] });
});

it("takes what it cannot read for a sign of life and nothing else", () => {
  const page = stage();
  for (const text of ["pong", "{", '{"type":"delta"}', '{"type":"other","seq":1}', "[]"]) {
    page.say(text);
  }
  expect(page.states).toEqual([]);
  expect(page.kinds()).toEqual([]);
  expect(page.sockets[0]?.sent).toEqual([]);
});

it("takes another socket where the snapshot that it asked for does not come, whatever else is said", () => {
  const page = stage();
  page.say(SNAPSHOT);
  page.say({ type: "delta", seq: 3 });
  page.pass(SNAPSHOT_WITHIN_MS - 1);
  page.say({ type: "delta", seq: 4 });
  expect(page.sockets).toHaveLength(1);
  expect(page.kinds().at(-1)).toBe("stale");
  page.pass(1);
  expect(page.sockets).toHaveLength(2);
  expect(page.sockets[0]?.closed).toBe(true);
  page.say({ type: "snapshot", seq: 9 });
  expect(page.kinds().at(-1)).toBe("live");
});

it("takes another socket where the first snapshot does not come, whatever else is said", () => {
  const page = stage();
  page.pass(PONG_WITHIN_MS - 1);
  page.say("pong");
  page.say({ type: "delta", seq: 3 });
  page.pass(1);
  expect(page.sockets).toHaveLength(2);
  expect(page.sockets[0]?.closed).toBe(true);
  expect(page.states).toEqual([]);
});

it("comes back in half a minute where it was turned out for asking too much, however often that happens", () => {
  const page = stage();
  for (let n = 1; n <= 3; n += 1) {
    page.say(SNAPSHOT);
    page.sockets.at(-1)?.events.lost("too many messages");
    page.pass(29_999);
    expect(page.sockets).toHaveLength(n);
    page.pass(1);
    expect(page.sockets).toHaveLength(n + 1);
  }
});
