/** A conference over time: what changes by itself, what is written, and what is forgotten. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { alarmOf, ringUntil, setClock } from "../support/alarms.ts";
import { event, journal, view } from "../support/bridge.ts";
import { answer, call, play } from "../support/call.ts";
import { delivered } from "../support/deliveries.ts";
import { dial, enter } from "../support/prompt.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2032-01-01T12:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 100 * DAY;
  setClock(now);
  line = `1415${now}`;
  conference = `life-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function conferenceStub(): ReturnType<Env["CONFERENCE"]["getByName"]> {
  return env.CONFERENCE.getByName(conference);
}

/** How many rows a query finds in the conference's database. */
async function rows(query: string): Promise<number> {
  return await runInDurableObject(
    conferenceStub(),
    (_, state) => state.storage.sql.exec(query).toArray().length,
  );
}

it("counts a caller without a transfer a minute and a greeting after the answer, and says that it is not confirmed", async () => {
  await play(call({ line, at: now }), ["answer", "answered"]);
  setClock(now + 64 * SECOND);
  expect(await view(conference)).toMatchObject({ count: 0, arriving: 1 });
  setClock(now + 65 * SECOND);
  expect(await view(conference)).toMatchObject({
    count: 1,
    confirmed: 0,
    participants: [{ phase: "in", joinConfirmed: false }],
  });
});

it("counts a caller who takes long to enter the PIN a minute and a greeting after that, not after the answer", async () => {
  await env.LINES.put(line, JSON.stringify({ conference, pin: "480215" }));
  const of = call({ line, at: now });
  const heard = await dial(of);
  await event(of.answered);
  setClock(now + 90 * SECOND);
  await enter(of, heard, "480215");
  expect(await view(conference)).toMatchObject({ count: 0, arriving: 1 });
  await ringUntil(now + (90 + 60) * SECOND, [conferenceStub()]);
  expect(await view(conference)).toMatchObject({ count: 0, arriving: 1 });
  setClock(now + (90 + 66) * SECOND);
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 0 });
});

it("looks at a leg again at each moment at which its record changes by itself, and then files it as gone", async () => {
  await answer(call({ line, at: now }));
  await ringUntil(now + 119 * SECOND, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM leg WHERE gone = 0")).toBe(1);
  await ringUntil(now + 123 * SECOND, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM leg WHERE gone = 0")).toBe(0);
  const { participants } = await view(conference, "?gone=true");
  expect(participants).toMatchObject([
    { phase: "gone", reason: "never arrived", leftAt: new Date(now + 120 * SECOND).toISOString() },
  ]);
});

it("lets go of a caller whose last webhook was lost, six hours after the last sign of life", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "answered", "transfer"]);
  await ringUntil(now + 6 * HOUR, [conferenceStub()]);
  expect(await view(conference)).toMatchObject({ count: 1 });
  await ringUntil(now + 6 * HOUR + 6 * SECOND, [conferenceStub()]);
  expect(await view(conference, "?gone=true")).toMatchObject({
    count: 0,
    participants: [{ reason: "no sign of life" }],
  });
});

it("takes a caller back whose sign of life comes after all", async () => {
  const of = call({ line, at: now });
  await answer(of);
  await ringUntil(now + HOUR, [conferenceStub()]);
  await evictDurableObject(conferenceStub());
  await event({ ...of.transfer, timestamp: new Date(now + HOUR).toISOString() });
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
  expect(await rows("SELECT 1 FROM leg")).toBe(1);
});

it("journals a duplicate once and counts it", async () => {
  const of = call({ line, at: now });
  await play(of, [
    "answer",
    "answered",
    "answered",
    "answered",
    "transfer",
    "completed",
    "completed",
  ]);
  expect((await journal(conference)).map(({ seq, kind, status }) => [seq, status ?? kind])).toEqual(
    [
      [1, "admission"],
      [2, "answered"],
      [3, "transfer"],
      [4, "completed"],
    ],
  );
  expect(await conferenceStub().participant(of.identity.id)).toMatchObject({ duplicates: 3 });
});

it("writes journal and leg together or not at all, and remembers nothing that it did not write", async () => {
  const of = call({ line, at: now });
  await answer(of);
  await runInDurableObject(conferenceStub(), async (instance, { storage }) => {
    const { sql } = storage;
    const exec = sql.exec.bind(sql);
    const broken = vi.spyOn(Object.getPrototypeOf(sql) as SqlStorage, "exec").mockImplementation(((
      query: string,
      ...values: unknown[]
    ) => {
      if (query.includes("leg SET")) throw new Error("the disk is unwell");
      return exec(query, ...values);
    }) as SqlStorage["exec"]);
    await expect(instance.record(of.identity.id, [delivered(of.transfer, now)])).rejects.toThrow(
      "the disk is unwell",
    );
    broken.mockRestore();
  });
  expect(await view(conference)).toMatchObject({ count: 0 });
  expect((await journal(conference)).map(({ kind }) => kind)).toEqual(["admission"]);
  expect(await conferenceStub().record(of.identity.id, [delivered(of.transfer, now)])).toEqual([
    "applied",
  ]);
  expect((await journal(conference)).map(({ seq }) => seq)).toEqual([1, 2]);
});

it("forgets the journal and those who are gone after thirty days, day by day, and never numbers anew", async () => {
  for (const day of [0, 1, 2]) {
    await ringUntil(now + day * DAY, [conferenceStub()]);
    await play(call({ line, at: now + day * DAY }), [
      "answer",
      "answered",
      "transfer",
      "completed",
    ]);
  }
  await ringUntil(now + 30 * DAY, [conferenceStub()]);
  expect((await journal(conference)).map(({ seq }) => seq)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
  ]);
  await ringUntil(now + 31 * DAY, [conferenceStub()]);
  expect((await journal(conference)).map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  expect((await view(conference, "?gone=true")).participants).toHaveLength(2);
  await ringUntil(now + 33 * DAY, [conferenceStub()]);
  expect(await journal(conference)).toEqual([]);
  expect((await view(conference, "?gone=true")).participants).toEqual([]);
  await evictDurableObject(conferenceStub());
  await answer(call({ line, at: now + 33 * DAY }));
  expect((await journal(conference)).map(({ seq }) => seq)).toEqual([13]);
});

it("pages through the journal over several days", async () => {
  for (const day of [0, 1, 2]) {
    setClock(now + day * DAY);
    await play(call({ line, at: now + day * DAY }), ["answer", "answered"]);
  }
  const pages = await Promise.all(
    [0, 1, 3, 5, 6].map((after) => conferenceStub().events(after, 2)),
  );
  expect(pages.map((page) => page?.entries.map(({ seq }) => seq))).toEqual([
    [1, 2],
    [2, 3],
    [4, 5],
    [6],
    [],
  ]);
});

it("lists those who left last first, at most as many as asked for", async () => {
  const legs: string[] = [];
  for (const minute of [0, 1, 2]) {
    const of = call({ line, at: now + minute * 60 * SECOND });
    legs.unshift(of.identity.id);
    await play(of, ["answer", "answered", "completed"]);
  }
  const { participants } = await view(conference, "?gone=true&limit=2");
  expect(participants.map(({ leg }) => leg)).toEqual(legs.slice(0, 2));
});

it("tries again later when its alarm fails", async () => {
  await answer(call({ line, at: now }));
  await runInDurableObject(conferenceStub(), async (instance, { storage }) => {
    const broken = vi
      .spyOn(Object.getPrototypeOf(storage) as DurableObjectStorage, "transactionSync")
      .mockImplementation(() => {
        throw new Error("the disk is unwell");
      });
    await storage.deleteAlarm();
    await instance.alarm();
    broken.mockRestore();
    expect(await storage.getAlarm()).toBe(now + 60 * SECOND);
  });
});

it("is not kept awake by a webhook from the year 9999, nor does its leg ever come back", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "answered"]);
  await event({ ...of.ringing, timestamp: "9999-01-01T00:00:00Z" });
  await event({ ...of.transfer, timestamp: new Date(now + 50 * DAY).toISOString() });
  await ringUntil(now + 49 * DAY, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM leg")).toBe(0);
  setClock(now + 50 * DAY);
  expect(await view(conference)).toMatchObject({ count: 0, participants: [] });
});

it("forgets recordings with the journal", async () => {
  const delivery = delivered(
    { recording_url: "https://api.nexmo.com/v1/files/1", timestamp: new Date(now).toISOString() },
    now,
  );
  expect([
    await conferenceStub().recording(delivery),
    await conferenceStub().recording(delivery),
  ]).toEqual(["ignored", "duplicate"]);
  expect((await journal(conference)).map(({ kind, at }) => [kind, at])).toEqual([
    ["record", new Date(now).toISOString()],
  ]);
  await ringUntil(now + 32 * DAY, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM recording")).toBe(0);
  expect(await journal(conference)).toEqual([]);
});

it("gives as much of the journal at once as an answer can carry, and says that there is more", async () => {
  const of = call({ line, at: now });
  await answer(of);
  const padding = "x".repeat(60_000);
  for (let n = 0; n < 100; n++) {
    const payload = { ...of.ringing, timestamp: new Date(now + n).toISOString(), padding };
    await conferenceStub().record(of.identity.id, [delivered(payload, now)]);
  }
  const page = await conferenceStub().events(0, 1_000);
  expect(page?.more).toBe(true);
  expect(page?.entries.length).toBeLessThan(100);
  expect(await journal(conference)).toHaveLength(page?.entries.length ?? 0);
});

it("numbers the journal on, and reads it in order, where the clock was set back to the day before", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "started"]);
  setClock(now - DAY);
  await evictDurableObject(conferenceStub());
  await event(of.ringing);
  setClock(now);
  await event(of.answered);
  setClock(now - DAY);
  await event(of.transfer);
  const read = (await journal(conference)).map(({ seq, kind, status }) => [seq, status ?? kind]);
  expect(read).toEqual([
    [1, "admission"],
    [2, "started"],
    [3, "ringing"],
    [4, "answered"],
    [5, "transfer"],
  ]);
  const page = await conferenceStub().events(3, 100);
  expect(page?.entries.map(({ seq }) => seq)).toEqual([4, 5]);
});

it("sets its alarm again where the platform has lost it, asleep or awake", async () => {
  await answer(call({ line, at: now }));
  expect(await alarmOf(conferenceStub())).toBeLessThan(now + 3 * 60 * SECOND);
  // It should have rung long ago.
  const later = now + 600 * SECOND;
  setClock(later);
  await answer(call({ line, at: later }));
  expect(await alarmOf(conferenceStub())).toBeGreaterThan(later);
  await runInDurableObject(conferenceStub(), (_, { storage }) => storage.deleteAlarm());
  await evictDurableObject(conferenceStub());
  await answer(call({ line, at: later }));
  expect(await alarmOf(conferenceStub())).toBeGreaterThan(later);
});

it("leaves an alarm alone that is late by less than the platform's retries take", async () => {
  await answer(call({ line, at: now }));
  const at = (await alarmOf(conferenceStub())) ?? Number.NaN;
  setClock(at + 30 * SECOND);
  await answer(call({ line, at: Date.now() }));
  expect(await alarmOf(conferenceStub())).toBe(at);
});

it("forgets after thirty days who was banned from a room that nobody entered, and sleeps for good", async () => {
  await conferenceStub().ban("447700900001");
  setClock(now + 10 * DAY);
  await conferenceStub().ban("447700900002");
  const banned = async (): Promise<unknown> =>
    await runInDurableObject(conferenceStub(), (_, { storage }) =>
      storage.sql
        .exec<{ state: string }>("SELECT state FROM meeting")
        .toArray()
        .map(({ state }) => (JSON.parse(state) as { banned: string[] }).banned),
    );
  await ringUntil(now + 30 * DAY, [conferenceStub()]);
  expect(await banned()).toEqual([["447700900001", "447700900002"]]);
  await ringUntil(now + 32 * DAY, [conferenceStub()]);
  expect(await banned()).toEqual([["447700900002"]]);
  await ringUntil(now + 42 * DAY, [conferenceStub()]);
  expect(await banned()).toEqual([]);
  expect(await alarmOf(conferenceStub())).toBeNull();
});

it("keeps no leg for longer because its webhooks are dated in the future", async () => {
  const of = call({ line, at: now });
  const moves = Array.from({ length: 16 }, (_, n) =>
    delivered(
      { ...of.transfer, timestamp: new Date(now + (n + 1) * 2.5 * DAY).toISOString() },
      now,
    ),
  );
  await conferenceStub().record(of.identity.id, [delivered(of.ringing, now), ...moves]);
  await ringUntil(now + 29 * DAY, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM leg WHERE gone = 0")).toBe(1);
  await ringUntil(now + 32 * DAY, [conferenceStub()]);
  expect(await rows("SELECT 1 FROM leg")).toBe(0);
  expect(await view(conference, "?gone=true")).toMatchObject({ count: 0, participants: [] });
  expect(await alarmOf(conferenceStub())).toBeNull();
});

it("keeps nothing of a call and a recording for longer than thirty days, and sleeps for good", async () => {
  await play(call({ line, at: now }), ["answer", "started", "ringing", "answered", "transfer"]);
  await conferenceStub().recording(
    delivered({ recording_url: "https://api.nexmo.com/v1/files/1" }, now),
  );
  await conferenceStub().ban("447700900001");
  await ringUntil(now + 32 * DAY, [conferenceStub()]);
  const tables = await runInDurableObject(conferenceStub(), (_, { storage }) =>
    storage.sql
      .exec<{ name: string }>("SELECT name FROM sqlite_schema WHERE substr(name, 1, 1) <> '_'")
      .toArray()
      .map(({ name }) => name),
  );
  expect(tables.toSorted()).toEqual(["day", "leg", "meeting", "migration", "recording"]);
  for (const table of ["leg", "meeting", "recording"]) {
    expect(await rows(`SELECT 1 FROM ${table}`)).toBe(0);
  }
  // The number of the next entry, and no day.
  expect(await rows("SELECT 1 FROM day WHERE day > 0")).toBe(0);
  expect(await alarmOf(conferenceStub())).toBeNull();
});
