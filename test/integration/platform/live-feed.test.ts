/** The pace of a live feed, with a fake clock. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveFeed } from "../../../src/durable/live-feed.ts";

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

/** A feed of a number, with sockets that record what they are sent. */
function feedOf(sockets: { role: string; until?: number; send: (text: string) => void }[]) {
  const said: Message[][] = sockets.map(() => []);
  const state = { number: 0, asked: 0 };
  const open = sockets.map(({ role, send, until = null }, index) => ({
    role,
    close: (code: number, reason = "") => said[index]?.push(`closed ${code} ${reason}` as never),
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
  const feed = new LiveFeed<number>(ctx, {
    now: () => {
      state.asked += 1;
      return state.number;
    },
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
  expect(said[0]).toEqual([
    expect.objectContaining({ state: 0 }),
    "closed 1008 the session is over",
  ]);
  expect(said[1]).toHaveLength(2);
});

/** Sends one message from a socket. */
function say(feed: LiveFeed<number>, socket: unknown, text = "snapshot"): void {
  feed.message(socket as WebSocket, text);
}

it("gives one who asks again and again one snapshot in each tenth of a second, the last at its end", () => {
  const { feed, said, open } = feedOf([{ role: "viewer", send: silent }]);
  for (let n = 0; n < 10; n += 1) say(feed, open[0]);
  expect(said[0]).toHaveLength(1);
  vi.advanceTimersByTime(99);
  expect(said[0]).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(said[0]).toHaveLength(2);
  vi.advanceTimersByTime(1_000);
  expect(said[0]).toHaveLength(2);
});

it("works out once what it tells any number who ask while nothing changes", () => {
  const many = Array.from({ length: 50 }, () => ({ role: "viewer", send: silent }));
  const { feed, state, said, open } = feedOf(many);
  for (const socket of open) say(feed, socket);
  expect(said.map(({ length }) => length)).toEqual(many.map(() => 1));
  expect(state.asked).toBe(1);
  vi.advanceTimersByTime(1_000);
  for (const socket of open) say(feed, socket);
  expect(state.asked).toBe(2);
});

it.each([["snapshot"], ["something else"], ["x".repeat(100_000)]])(
  "closes a socket that sends more than twenty messages at once, such as %.20s, and heeds it no more",
  (text) => {
    const { feed, state, said, open } = feedOf([
      { role: "viewer", send: silent },
      { role: "viewer", send: silent },
    ]);
    for (let n = 0; n < 20; n += 1) say(feed, open[0], text);
    expect(JSON.stringify(said[0])).not.toContain("closed");
    for (let n = 0; n < 1_000; n += 1) say(feed, open[0], text);
    vi.advanceTimersByTime(200);
    expect(said[0]?.filter((message) => typeof message === "string")).toEqual([
      "closed 1008 too many messages",
    ]);
    expect(said[0]?.length).toBeLessThan(4);
    expect(state.asked).toBeLessThan(3);
    say(feed, open[1]);
    expect(said[1]).toHaveLength(1);
  },
);

it("lets a client ask again every two seconds for as long as it likes", () => {
  const { feed, said, open } = feedOf([{ role: "viewer", send: silent }]);
  for (let n = 0; n < 100; n += 1) {
    say(feed, open[0]);
    vi.advanceTimersByTime(2_000);
  }
  expect(said[0]).toHaveLength(100);
});

it("survives a socket that is dead when it is closed", () => {
  const { feed, open } = feedOf([{ role: "viewer", send: silent }]);
  const [socket] = open;
  if (socket !== undefined) socket.close = gone;
  expect(() => feed.close(socket as unknown as WebSocket, 1006, "")).not.toThrow();
  expect(() => {
    for (let n = 0; n < 30; n += 1) say(feed, socket);
  }).not.toThrow();
});
