/** What an operator changes while a meeting is on, and what is forgotten when it is over. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Conference } from "../../../src/index.ts";
import { en } from "../../../src/lines/speech/catalogue/en.ts";
import { ringUntil, setClock } from "../support/alarms.ts";
import { view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { dial, enter, roomOf, said, type Heard } from "../support/prompt.ts";

const PIN = "73190";
let line = 14155554000;
let conference = "";

beforeEach(() => {
  line += 1;
  conference = `meeting-${line}`;
});

afterEach(() => {
  vi.useRealTimers();
});

/** A new stub each time: one of an object that was evicted may stay broken. */
function room(): DurableObjectStub<Conference> {
  return env.CONFERENCE.getByName(conference);
}

async function putLine(options: object = {}): Promise<void> {
  await env.LINES.put(String(line), JSON.stringify({ conference, moderatorPin: PIN, ...options }));
}

function caller(index = 0): Call {
  return call({ line: String(line), caller: String(447700900000 + index) });
}

async function come(of: Call, pin = ""): Promise<Heard> {
  const heard = await enter(of, await dial(of), pin);
  if (roomOf(heard) !== null) await play(of, ["answered", "transfer"]);
  return heard;
}

it("keeps guests out of a locked room, and lets moderators in, until it is unlocked", async () => {
  await putLine();
  await come(caller(1));
  await room().lock(true);
  expect(await view(conference)).toMatchObject({ count: 1, locked: true });
  expect(said(await come(caller(2)))).toBe(en.locked);
  expect(roomOf(await come(caller(3), PIN))).toBe(conference);
  await room().lock(false);
  expect(roomOf(await come(caller(4)))).toBe(conference);
  expect(await view(conference)).toMatchObject({ count: 3, locked: false });
});

it.each<[string, () => Promise<unknown>, object]>([
  ["locked", () => room().lock(true), { locked: true }],
  ["closed to somebody", () => room().ban("447700900009"), { locked: false }],
])(
  "can be %s again before anybody comes, after a meeting that was unlocked",
  async (_, set, shown) => {
    await putLine();
    const first = caller(1);
    await come(first);
    await room().lock(true);
    await room().lock(false);
    await play(first, ["completed"]);
    await set();
    expect(await view(conference)).toMatchObject(shown);
    expect(roomOf(await come(caller(9)))).toBeNull();
  },
);

it("keeps out who was banned, moderator or not, and nobody else", async () => {
  await putLine();
  await come(caller(1));
  await room().ban(caller(2).identity.caller);
  expect(said(await come(caller(2)))).toBe(en.banned);
  expect(said(await come(caller(2), PIN))).toBe(en.banned);
  expect(roomOf(await come(caller(3)))).toBe(conference);
});

it("forgets the lock and the bans when the room empties", async () => {
  await putLine();
  const [first, last] = [caller(1), caller(2)];
  await come(first);
  await come(last);
  await room().lock(true);
  await room().ban(caller(3).identity.caller);
  await play(first, ["completed"]);
  expect(said(await come(caller(4)))).toBe(en.locked);
  expect(said(await come(caller(3), PIN))).toBe(en.banned);
  // Those who were told no are on the line still, and keep nothing locked.
  await play(last, ["completed"]);
  expect(await view(conference)).toMatchObject({ count: 0, locked: false });
  expect(roomOf(await come(caller(3)))).toBe(conference);
});

it("forgets the lock when the last who is expected never arrives", async () => {
  const now = Date.now();
  setClock(now);
  await putLine();
  const of = caller(2);
  await enter(of, await dial(of), "");
  await room().lock(true);
  expect(await view(conference)).toMatchObject({ locked: true });
  await ringUntil(now + 125_000, [room()]);
  expect(await view(conference)).toMatchObject({ locked: false });
});

it("keeps a lock that was set before anybody came until those who came have left", async () => {
  await putLine();
  await room().lock(true);
  expect(said(await come(caller(1)))).toBe(en.locked);
  expect(await view(conference)).toMatchObject({ locked: true });
  const host = caller(2);
  expect(roomOf(await come(host, PIN))).toBe(conference);
  expect(said(await come(caller(3)))).toBe(en.locked);
  await play(host, ["completed"]);
  expect(roomOf(await come(caller(4)))).toBe(conference);
});

it("tells a caller who is asked for twice of as many others as before, whoever came meanwhile", async () => {
  await env.LINES.put(String(line), JSON.stringify({ conference, announceCount: true }));
  await play(caller(1), ["answer", "answered", "transfer"]);
  const of = caller(2);
  const first = await dial(of);
  expect(said(first)).toContain(en["one-here"]);
  await play(caller(3), ["answer", "answered", "transfer"]);
  expect(await dial(of)).toEqual(first);
  await env.LINES.delete(String(line));
  expect(await dial(of)).toEqual(first);
});

it("counts for its announcement only those who are in", async () => {
  await env.LINES.put(String(line), JSON.stringify({ conference, announceCount: true }));
  await dial(caller(1));
  await play(caller(2), ["answer", "answered"]);
  expect(said(await dial(caller(3)))).toContain(en["nobody-here"]);
});

it("goes on as it was after an eviction between any two steps", async () => {
  await putLine({ announceCount: true, maxParticipants: 3 });
  const evict = async (): Promise<void> => await evictDurableObject(room());
  await come(caller(1));
  await room().lock(true);
  await evict();
  expect(said(await come(caller(2)))).toBe(en.locked);
  await room().lock(false);
  await room().ban(caller(3).identity.caller);
  await evict();
  expect(said(await come(caller(3)))).toBe(en.banned);
  const of = caller(4);
  const heard = await enter(of, await dial(of), "");
  expect(said(heard)).toContain(en["one-here"]);
  await evict();
  expect(await enter(of, await dial(of), "")).toEqual(heard);
  expect(roomOf(await come(caller(5)))).toBe(conference);
  await evict();
  expect(said(await come(caller(6)))).toBe(en.full);
  await play(of, ["completed"]);
  await evict();
  expect(await view(conference)).toMatchObject({ count: 2, locked: false });
  expect(roomOf(await come(caller(7)))).toBe(conference);
});
