/** The directory of live conferences, through whole calls and whatever goes wrong between it and the conferences. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { ConferenceStatus } from "../../../src/conference/state/census.ts";
import type { ConferenceSummary } from "../../../src/contract/directory-view.ts";
import { Conference, Directory } from "../../../src/index.ts";
import { alarmOf, setClock } from "../support/alarms.ts";
import { api, view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";

const directory = env.DIRECTORY.getByName("all");

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

let rooms = 0;

async function room(at = Date.now()): Promise<{ name: string; one: () => Call }> {
  rooms += 1;
  const [line, name] = [`1415557${1_000 + rooms}`, `directory-${rooms}`];
  await env.LINES.put(line, name);
  return { name, one: () => call({ line, at }) };
}

/** What a conference says in which so many are in. */
function inside(count: number): ConferenceStatus {
  return {
    count,
    confirmed: count,
    arriving: 0,
    moderators: 0,
    started: count > 0,
    locked: false,
    split: false,
    since: 1,
  };
}

interface List {
  conferences: ConferenceSummary[];
  next: string | null;
}

async function list(query = ""): Promise<ConferenceSummary[]> {
  return (await api<List>(`/conferences${query}`)).body.conferences;
}

async function entry(name: string, query = ""): Promise<ConferenceSummary | undefined> {
  return (await list(query)).find((one) => one.name === name);
}

it("lists who is live with the count of the conference itself, and what ever was", async () => {
  const { name, one } = await room();
  const [ann, ben] = [one(), one()];
  await play(ann, ["answer", "answered", "transfer"]);
  await play(ben, ["answer", "answered"]);
  await vi.waitFor(
    async () => expect(await entry(name)).toMatchObject({ count: 1, arriving: 1 }),
    5_000,
  );
  const shown = await entry(name);
  expect(shown).toMatchObject({
    live: true,
    confirmed: 1,
    moderators: 0,
    started: true,
    split: false,
    locked: false,
  });
  expect(shown?.since).toBe(new Date(String(ann.answered["timestamp"])).toISOString());

  await play(ann, ["completed"]);
  await play(ben, ["completed"]);
  await vi.waitFor(async () => expect(await entry(name)).toBeUndefined(), 5_000);
  const ended = await entry(name, "?all=true");
  expect(ended).toMatchObject({ live: false, count: 0, since: shown?.since });
  expect(ended?.endedAt).not.toBeNull();
});

it("does not list a conference that was only looked at, or that nobody has reached", async () => {
  const { name, one } = await room();
  await view(name);
  await play(one(), ["answer"]);
  expect(await list("?all=true&limit=1000")).not.toContainEqual(expect.objectContaining({ name }));
});

it("pages through all that ever were in the order of their names", async () => {
  const standing = inside(1);
  for (const name of ["zz-c", "zz-a", "zz-b"]) await directory.hear(name, 1, standing);
  for (const name of ["zz-a", "zz-b"]) await directory.hear(name, 2, inside(0));
  const first = (await api<List>("/conferences?all=true&limit=2&after=zz")).body;
  expect(first.conferences.map(({ name, live }) => [name, live])).toEqual([
    ["zz-a", false],
    ["zz-b", false],
  ]);
  const second = (await api<List>(`/conferences?all=true&limit=2&after=${first.next}`)).body;
  expect(second).toMatchObject({ conferences: [{ name: "zz-c", live: true }], next: null });
  await directory.hear("zz-c", 3, inside(0));
});

it("ignores what was said earlier and comes later", async () => {
  const standing = inside(2);
  const soon = Date.now();
  await directory.hear("late", soon + 2, standing);
  await directory.hear("late", soon + 1, inside(5));
  expect(await entry("late")).toMatchObject({ count: 2 });
  await directory.hear("late", soon + 4, inside(0));
  await directory.hear("late", soon + 3, standing);
  expect(await entry("late")).toBeUndefined();
});

it("asks the live conferences how they stand when it has slept, and does not guess where one is silent", async () => {
  const { name, one } = await room();
  await play(one(), ["answer", "answered", "transfer"]);
  await vi.waitFor(async () => expect(await entry(name)).toMatchObject({ count: 1 }), 5_000);
  await evictDurableObject(directory);
  const asked = vi.spyOn(Conference.prototype, "standing");
  expect(await entry(name)).toMatchObject({ count: 1 });
  expect(asked).toHaveBeenCalled();

  await evictDurableObject(directory);
  asked.mockImplementation(() => {
    throw new Error("the platform is unwell");
  });
  expect(await entry(name)).toMatchObject({ live: true, count: null, started: null, asOf: null });
});

it("ends a conference whose end it was never told", async () => {
  const { name, one } = await room();
  const ann = one();
  await play(ann, ["answer", "answered", "transfer"]);
  await vi.waitFor(async () => expect(await entry(name)).toMatchObject({ count: 1 }), 5_000);
  // The conference goes down with what it wanted to say.
  vi.spyOn(Directory.prototype, "hear").mockReturnValue(0);
  await play(ann, ["completed"]);
  await evictDurableObject(env.CONFERENCE.getByName(name));
  vi.restoreAllMocks();
  await evictDurableObject(directory);
  expect(await entry(name)).toBeUndefined();
});

it.each(["throws", "hangs"])(
  "keeps no call waiting when it %s, and hears of it from the alarm",
  async (fault) => {
    const { name, one } = await room();
    const hear = vi.spyOn(Directory.prototype, "hear").mockImplementation((): never => {
      if (fault === "hangs") return new Promise(() => undefined) as never;
      throw new Error("the platform is unwell");
    });
    await play(one(), ["answer", "answered", "transfer"]);
    expect((await view(name)).count).toBe(1);
    expect(hear).toHaveBeenCalled();
    const conference = env.CONFERENCE.getByName(name);
    hear.mockRestore();
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(conference);
      expect((await directory.live()).find((known) => known.name === name)).toMatchObject({
        count: 1,
      });
    }, 10_000);
  },
);

it("is tried ever more seldom while it is down, since each try costs an alarm", async () => {
  const start = Date.parse("2031-08-01T09:00:00Z");
  setClock(start);
  const { name, one } = await room(start);
  const hear = vi.spyOn(Directory.prototype, "hear").mockImplementation((): never => {
    throw new Error("the platform is unwell");
  });
  const ann = one();
  await play(ann, ["answer", "answered", "transfer"]);
  const conference = env.CONFERENCE.getByName(name);
  const pauses: number[] = [];
  for (let n = 0; n < 9; n++) {
    const tries = hear.mock.calls.length;
    const at = await vi.waitFor(async () => {
      const alarm = (await alarmOf(conference)) ?? Number.POSITIVE_INFINITY;
      expect(alarm).toBeLessThan(Date.now() + 700_000);
      return alarm;
    }, 10_000);
    pauses.push(Math.max(0, at - Date.now()));
    setClock(Math.max(at, Date.now() + 1_500));
    await runDurableObjectAlarm(conference);
    await vi.waitFor(() => expect(hear.mock.calls.length).toBeGreaterThan(tries), 10_000);
  }
  vi.useRealTimers();
  expect(Math.max(...pauses)).toBeGreaterThan(500_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(600_000);
});

it("is told what is so after it failed to hear what was so for a moment, and the alarm comes to rest", async () => {
  const { name, one } = await room();
  const [ann, ben] = [one(), one()];
  await play(ann, ["answer", "answered", "transfer"]);
  await vi.waitFor(async () => expect(await entry(name)).toMatchObject({ count: 1 }), 5_000);
  // It takes what it is told, and its answer is lost.
  const original = Directory.prototype.hear;
  vi.spyOn(Directory.prototype, "hear").mockImplementation(function lost(
    this: Directory,
    ...said
  ): never {
    original.apply(this, said);
    throw new Error("the answer was lost");
  });
  await play(ben, ["answer", "answered"]);
  await vi.waitFor(async () => expect(await entry(name)).toMatchObject({ arriving: 1 }), 5_000);
  vi.restoreAllMocks();
  await play(ben, ["completed"]);
  await vi.waitFor(
    async () => expect(await entry(name)).toMatchObject({ count: 1, arriving: 0 }),
    5_000,
  );
  const conference = env.CONFERENCE.getByName(name);
  await runDurableObjectAlarm(conference);
  expect((await alarmOf(conference)) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(
    Date.now() + 5_000,
  );
});

it("is told again where it had heard something by a later clock", async () => {
  const { name, one } = await room();
  const standing = inside(7);
  await directory.hear(name, Date.now() + 60_000, standing);
  await play(one(), ["answer", "answered", "transfer"]);
  await vi.waitFor(async () => expect(await entry(name)).toMatchObject({ count: 1 }), 5_000);
});

it("does not ask a conference that did not answer again for each list", async () => {
  const standing = inside(1);
  await directory.hear("silent", 1, standing);
  setClock(Date.now() + 31 * 60_000);
  const asked = vi.spyOn(Conference.prototype, "standing").mockImplementation(() => {
    throw new Error("the platform is unwell");
  });
  await list();
  const times = asked.mock.calls.length;
  expect(times).toBeGreaterThan(0);
  await list();
  expect(asked).toHaveBeenCalledTimes(times);
});

it("takes a report once, whatever comes with its number again", async () => {
  const { name } = await room();
  const seq = Date.now();
  expect(await directory.hear(name, seq, inside(2))).toBe(seq);
  expect(await directory.hear(name, seq, inside(3))).toBe(seq);
  expect((await entry(name))?.count).toBe(2);
});
