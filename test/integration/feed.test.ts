/** The pace of a feed, with time in the test's hands. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Feed } from "../../src/lib/feed.ts";

interface Message {
  type: "snapshot" | "delta";
  seq: number;
  state?: number;
  from?: number;
  to?: number;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 1_800_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A feed of a number, with sockets that write down what they are sent. */
function feedOf(sockets: { role: string; until?: number; send: (text: string) => void }[]) {
  const said: Message[][] = sockets.map(() => []);
  const state = { number: 0 };
  const open = sockets.map(({ role, send, until = null }, index) => ({
    role,
    close: () => said[index]?.push("closed" as never),
    deserializeAttachment: () => ({ until }),
    send(text: string) {
      send(text);
      said[index]?.push(JSON.parse(text) as Message);
    },
  }));
  const ctx = {
    setWebSocketAutoResponse: () => undefined,
    getWebSockets: () => open,
    getTags: ({ role }: { role: string }) => [role],
  } as unknown as DurableObjectState;
  const feed = new Feed<number>(ctx, {
    now: () => state.number,
    snapshot: (number, seq) => ({ type: "snapshot", seq, state: number }),
    delta: (from, to, seq) => (from === to ? null : { type: "delta", seq, from, to }),
    masked: (message) => ({ ...message, masked: true }),
  });
  return { feed, state, said, open };
}

const silent = (): void => undefined;
const gone = (): never => {
  throw new Error("this socket is closed");
};

it("puts everything that happens within 100 ms into one message", () => {
  const { feed, state, said } = feedOf([{ role: "operator", send: silent }]);
  feed.changed();
  vi.advanceTimersByTime(100);
  for (let n = 1; n <= 50; n++) {
    state.number = n;
    feed.changed();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  const [first, ...deltas] = said[0] ?? [];
  expect(first).toMatchObject({ type: "snapshot", state: 0 });
  // Half a second of changes: one message at once, and one for each tenth of it.
  expect(deltas.length).toBeLessThanOrEqual(6);
  expect(deltas.map(({ from }) => from)).toEqual([0, ...deltas.slice(0, -1).map(({ to }) => to)]);
  expect(deltas.at(-1)?.to).toBe(50);
  expect(deltas.map(({ seq }) => seq)).toEqual(
    deltas.map((_, index) => (first?.seq ?? 0) + 1 + index),
  );
});

it("says nothing where nothing changed, and uses no number up for it", () => {
  const { feed, state, said } = feedOf([{ role: "operator", send: silent }]);
  feed.changed();
  vi.advanceTimersByTime(100);
  feed.changed();
  vi.advanceTimersByTime(100);
  state.number = 7;
  feed.changed();
  vi.advanceTimersByTime(100);
  const [snapshot, delta, ...more] = said[0] ?? [];
  expect(more).toEqual([]);
  expect(delta?.seq).toBe((snapshot?.seq ?? 0) + 1);
});

it("tells the others although one of the sockets is gone", () => {
  const { feed, said } = feedOf([
    { role: "operator", send: gone },
    { role: "operator", send: silent },
  ]);
  feed.changed();
  vi.advanceTimersByTime(100);
  expect(said[1]).toHaveLength(1);
});

it("gives one who asks what all of them know, so that the next delta fits", () => {
  const { feed, state, said, open } = feedOf([{ role: "operator", send: silent }]);
  feed.changed();
  vi.advanceTimersByTime(100);
  state.number = 3;
  feed.changed();
  feed.message(open[0] as unknown as WebSocket, "snapshot");
  vi.advanceTimersByTime(100);
  feed.message(open[0] as unknown as WebSocket, "something else");
  expect(said[0]?.map(({ type, state: whole, to }) => [type, whole ?? to])).toEqual([
    ["snapshot", 0],
    ["snapshot", 0],
    ["delta", 3],
  ]);
});

it("masks for whoever is not an operator", () => {
  const { feed, said } = feedOf([
    { role: "operator", send: silent },
    { role: "viewer", send: silent },
    { role: "somebody", send: silent },
  ]);
  feed.changed();
  vi.advanceTimersByTime(100);
  expect(said.map(([message]) => Object.hasOwn(message ?? {}, "masked"))).toEqual([
    false,
    true,
    true,
  ]);
});

it("closes the socket of a session that is over instead of telling it anything", () => {
  const { feed, state, said } = feedOf([
    { role: "operator", until: Date.now() + 1_000, send: silent },
    { role: "operator", send: silent },
  ]);
  feed.changed();
  vi.advanceTimersByTime(1_000);
  state.number = 5;
  feed.changed();
  vi.advanceTimersByTime(100);
  expect(said[0]).toEqual([expect.objectContaining({ state: 0 }), "closed"]);
  expect(said[1]).toHaveLength(2);
});
