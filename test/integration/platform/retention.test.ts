/** No personal data outlives `RETENTION_DAYS`, in any table, even if something is still due for it. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConferenceStatus } from "../../../src/conference/state/census.ts";
import { Conference } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { alarmOf, ringUntil, setClock } from "../support/alarms.ts";
import { api, event } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";

const DAY = 86_400_000;
const directory = env.DIRECTORY.getByName("all");
const outbox = env.OUTBOX.getByName("account");
/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2037-01-01T09:00:00Z");

beforeEach(() => {
  now += 100 * DAY;
  setClock(now);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Stub = DurableObjectStub<Rpc.DurableObjectBranded>;

/** The number of rows in every table of an object, without the platform's tables. */
async function tables(stub: Stub): Promise<Record<string, number>> {
  return await runInDurableObject(stub, (_, { storage: { sql } }) => {
    const names = sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    return Object.fromEntries(
      names.map(({ name }) => [
        name,
        sql.exec<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`).one().n,
      ]),
    );
  });
}

async function after(days: number, stub: Stub): Promise<void> {
  await ringUntil(now + days * DAY, [stub]);
}

/** Makes a job of the batch look as if the object had gone down in this state. */
async function left(batch: string, state: string): Promise<void> {
  await outbox.wait(batch, 1_000);
  await runInDurableObject(outbox, (_, { storage: { sql } }) =>
    sql.exec(`UPDATE job_${batch.split("-")[0]} SET open = 1, state = ?, sent_at = ?`, state, now),
  );
  await evictDurableObject(outbox);
}

function inside(count: number, homes: string[] = []): ConferenceStatus {
  const no = { confirmed: count, arriving: 0, moderators: 0, locked: false, split: false };
  return { ...no, count, started: count > 0, since: now, homes };
}

async function legTables(stub: Stub): Promise<string[]> {
  return Object.keys(await tables(stub)).filter((name) => name.startsWith("leg_"));
}

describe("the directory", () => {
  it("forgets ended conferences, conversations and problems by its own alarm, and not a day before", async () => {
    await directory.hear("over", now, inside(1, ["CON-over"]));
    await directory.hear("over", now + 1, inside(0));
    await directory.notice({
      kind: "unknown-number",
      subject: "447700900123",
      detail: "no line",
      times: 1,
    });
    await after(30, directory);
    expect(await tables(directory)).toMatchObject({ conference: 1, home: 1, problem: 1 });
    expect(await directory.problems()).toHaveLength(1);
    await after(31, directory);
    expect(await tables(directory)).toMatchObject({ conference: 0, home: 0, problem: 0 });
    expect((await api("/conferences?all=true")).body).toMatchObject({ conferences: [] });
    expect(await directory.problems()).toEqual([]);
    expect(await directory.conferenceOf("CON-over")).toBeNull();
    expect(await alarmOf(directory)).toBeNull();
  });

  it("keeps a conversation for as long after the last meeting in it as after the first", async () => {
    await directory.hear("weekly", now, inside(1, ["CON-weekly"]));
    await directory.hear("weekly", now + 1, inside(0));
    await after(20, directory);
    await directory.hear("weekly", Date.now(), inside(1, ["CON-weekly"]));
    await directory.hear("weekly", Date.now() + 1, inside(0));
    await after(40, directory);
    expect(await directory.conferenceOf("CON-weekly")).toBe("weekly");
    await after(51, directory);
    expect(await directory.conferenceOf("CON-weekly")).toBeNull();
  });

  it("forgets also after it was evicted, and keeps what was noticed since", async () => {
    const notice = { kind: "unknown-number", detail: "no line", times: 1 } as const;
    await directory.notice({ ...notice, subject: "once" });
    await directory.notice({ ...notice, subject: "again" });
    await after(20, directory);
    await directory.notice({ ...notice, subject: "again" });
    await evictDurableObject(directory);
    await after(31, directory);
    expect((await directory.problems()).map(({ subject }) => subject)).toEqual(["again"]);
    await after(60, directory);
    expect(await tables(directory)).toMatchObject({ problem: 0 });
  });

  it("forgets a conference that it never heard the end of, once that says that it has ended", async () => {
    await directory.hear("silent", now, inside(1));
    await evictDurableObject(directory);
    await after(70, directory);
    expect(await tables(directory)).toMatchObject({ conference: 0 });
  });

  it("sets one alarm for all that a day brings", async () => {
    const set = await runInDurableObject(directory, (_, { storage }) =>
      vi.spyOn(Object.getPrototypeOf(storage) as DurableObjectStorage, "setAlarm"),
    );
    for (let n = 0; n < 5; n++) {
      await directory.hear(`busy-${n}`, now, inside(1));
      await directory.hear(`busy-${n}`, now + 1, inside(0));
    }
    expect(set.mock.calls.length).toBe(1);
  });
});

describe("the switchboard", () => {
  it("keeps what waits for a conference that does not answer, and not for longer than anything", async () => {
    const line = `1415${now}`;
    await env.LINES.put(line, `retention-${now}`);
    const one = call({ line, at: now });
    await play(one, ["answer"]);
    vi.spyOn(Conference.prototype, "record").mockRejectedValue(new Error("unwell"));
    expect((await event(one.transfer)).status).toBe(204);
    const stub = env.SWITCHBOARD.getByName(shardOf(one.identity.id));
    // Not every alarm: it is tried once a minute.
    const ringOn = async (day: number): Promise<void> => {
      setClock(now + day * DAY);
      await runDurableObjectAlarm(stub);
    };
    await ringOn(10);
    await ringOn(30);
    expect(await stub.leg(one.identity.id)).toMatchObject({ held: 1 });
    await ringOn(31);
    expect(await stub.leg(one.identity.id)).toBeNull();
    expect(await legTables(stub)).toEqual([]);
  });

  it("forgets legs that were sent nowhere with all that was held of them", async () => {
    const one = call({ line: `1415${now}9`, at: now });
    await play(one, ["answer", "started", "answered", "transfer", "completed"]);
    const stub = env.SWITCHBOARD.getByName(shardOf(one.identity.id));
    await after(2, stub);
    expect(await stub.leg(one.identity.id)).toMatchObject({ held: 4 });
    await after(3, stub);
    expect(await legTables(stub)).toEqual([]);
  });
});

describe("the outbox", () => {
  const mute = { kind: "mute", conference: "standup", leg: "leg", regionUrl: null } as const;

  async function submitted(): Promise<string> {
    const submission = { conference: "standup", idempotencyKey: null, fingerprint: "" };
    const taken = await outbox.submit({ ...submission, commands: [mute] });
    if (!taken.ok) throw new Error(taken.reason);
    return taken.batch;
  }

  it("keeps a day in which something is still to be sent until it has been dealt with", async () => {
    const batch = await submitted();
    await left(batch, "waiting");
    setClock(now + 5 * DAY);
    await runDurableObjectAlarm(outbox);
    await vi.waitFor(async () => {
      expect((await outbox.progress(batch))?.jobs).toMatchObject([{ state: "refused" }]);
    }, 5_000);
    await after(7, outbox);
    expect(await outbox.progress(batch)).toBeNull();
    const kept = Object.keys(await tables(outbox)).filter((name) => /^(job|batch)_/.test(name));
    expect(kept).toEqual([]);
  });

  it("drops a day with what a conference could never be told, and tells it no more", async () => {
    const batch = await submitted();
    await left(batch, "done");
    const record = vi
      .spyOn(Conference.prototype, "record")
      .mockRejectedValue(new Error("the platform is unwell"));
    await after(2, outbox);
    expect(record.mock.calls.length).toBeGreaterThan(1);
    // Each hour at the end, not each quarter of a minute.
    expect(record.mock.calls.length).toBeLessThan(80);
    await after(4, outbox);
    const calls = record.mock.calls.length;
    expect(await outbox.progress(batch)).toBeNull();
    await after(10, outbox);
    expect(record.mock.calls.length).toBe(calls);
    expect(await alarmOf(outbox)).toBeNull();
  });

  it("keeps nothing for longer than anything, though it could never be sent", async () => {
    const batch = await submitted();
    await left(batch, "waiting");
    await runInDurableObject(outbox, (_, { storage: { sql } }) => {
      const prototype = Object.getPrototypeOf(sql) as SqlStorage;
      const { exec } = prototype;
      vi.spyOn(prototype, "exec").mockImplementation(function picky(
        this: SqlStorage,
        query: string,
        ...values: unknown[]
      ) {
        if (query.startsWith("UPDATE job_")) throw new Error("cannot be written");
        return exec.call(this, query, ...values);
      } as SqlStorage["exec"]);
    });
    setClock(now + 10 * DAY);
    await runDurableObjectAlarm(outbox);
    expect(await outbox.progress(batch)).not.toBeNull();
    setClock(now + 31 * DAY);
    await runDurableObjectAlarm(outbox);
    expect(await outbox.progress(batch)).toBeNull();
  });
});
