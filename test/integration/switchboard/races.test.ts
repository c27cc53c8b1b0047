/** What happens to a leg while something is being decided or handed over. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conference } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { setClock } from "../support/alarms.ts";
import { event, journal, sendWith, signedPost, view, type Payload } from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";
import { delivered } from "../support/deliveries.ts";

const DAY = 86_400_000;
/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2033-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 10 * DAY;
  setClock(now);
  line = `1415${now}`;
  conference = `races-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function ringAfter(leg: string, ms: number): Promise<void> {
  setClock(Date.now() + ms);
  await runDurableObjectAlarm(env.SWITCHBOARD.getByName(shardOf(leg)));
}

/** Stops a call of a Conference at this point until it is opened. */
class Gate {
  reached = false;
  open = false;

  /** Polls, because a promise of another object cannot be awaited, and waiting for storage would block other calls. */
  async pass(): Promise<void> {
    this.reached = true;
    while (!this.open) await scheduler.wait(1);
  }

  async wasReached(): Promise<void> {
    while (!this.reached) await scheduler.wait(1);
  }
}

async function expectWholeCall({ identity }: Call): Promise<void> {
  expect(await view(conference)).toMatchObject({
    count: 1,
    confirmed: 1,
    participants: [{ leg: identity.id }],
  });
  const entries = (await journal(conference)).map(({ kind, status }) => status ?? kind);
  expect(entries.toSorted()).toEqual(["admission", "answered", "ringing", "started", "transfer"]);
}

it("admits a leg once and keeps every webhook when all of them come at the same moment", async () => {
  const of = call({ line, at: now });
  await Promise.all([
    event(of.started),
    answer(of),
    event(of.transfer),
    answer(of),
    event(of.ringing),
    event(of.answered),
    event(of.ringing),
  ]);
  await ringAfter(of.identity.id, 5_000);
  await expectWholeCall(of);
  expect(await view(conference)).toMatchObject({ arriving: 0 });
});

it("does not let a refusal undo an admission", async () => {
  const of = call({ line, at: now });
  await answer(of);
  const stub = env.SWITCHBOARD.getByName(shardOf(of.identity.id));
  expect(await stub.refuse(of.identity.id, "unknown-number", now)).toMatchObject({
    outcome: { kind: "conference", conference },
    entrance: { denied: null },
  });
  await play(of, ["transfer"]);
  expect(await view(conference)).toMatchObject({ count: 1 });
});

it("finishes the move of a wrongly guessed leg when its first conference fails at first", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "ringing", "answered", "transfer"]);
  await env.LINES.put(line, `${conference}-guess`);
  await ringAfter(of.identity.id, 31_000);
  expect(await view(`${conference}-guess`)).toMatchObject({ count: 1 });

  await env.LINES.put(line, conference);
  const broken = vi.spyOn(Conference.prototype, "release").mockRejectedValue(new Error("unwell"));
  await answer(of);
  broken.mockRestore();
  await ringAfter(of.identity.id, 10_000);
  expect(await view(`${conference}-guess`)).toMatchObject({ count: 0 });
  await expectWholeCall(of);
});

it("settles the other legs of an alarm when one of them cannot be settled", async () => {
  const [bad, good] = [call({ line, at: now }), call({ line, at: now })];
  while (shardOf(good.identity.id) !== shardOf(bad.identity.id)) {
    Object.assign(good, call({ line, at: now }));
  }
  for (const of of [bad, good]) await play(of, ["started", "answered", "transfer"]);
  const stub = env.SWITCHBOARD.getByName(shardOf(bad.identity.id));
  await runInDurableObject(stub, (_, { storage }) => {
    const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
    const { exec } = sql;
    vi.spyOn(sql, "exec").mockImplementation(function picky(
      this: SqlStorage,
      query: string,
      ...values: unknown[]
    ) {
      if (query.includes("SET pending") && values.includes(bad.identity.id)) {
        throw new Error("too big");
      }
      return exec.call(this, query, ...values);
    } as SqlStorage["exec"]);
  });
  await ringAfter(bad.identity.id, 31_000);
  vi.restoreAllMocks();
  const settled = (await view(conference)).participants.map(({ leg }) => leg);
  expect(settled).toContain(good.identity.id);
  await ringAfter(bad.identity.id, 120_000);
  expect(await view(conference)).toMatchObject({ count: 2 });
});

it("settles more legs than one alarm takes", async () => {
  const stub = env.SWITCHBOARD.getByName("shard-3");
  const legs = Array.from({ length: 130 }, () => call({ line, at: now }));
  await Promise.all(
    legs.map(({ identity, started }) => stub.deliver(identity.id, delivered(started, now))),
  );
  setClock(now + 31_000);
  await runDurableObjectAlarm(stub);
  await runDurableObjectAlarm(stub);
  expect((await view(conference)).participants).toHaveLength(130);
});

/** Sends to an isolate that has not cached the route of the leg, and so must ask the switchboard. */
async function toStranger(payload: Payload): Promise<Response> {
  return (await sendWith({}, signedPost("/webhooks/event", payload))).response;
}

it("keeps a webhook that is held while earlier ones are being handed over", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "started", "ringing"]);
  const [failing, taking] = [new Gate(), new Gate()];
  const { record } = Conference.prototype;
  vi.spyOn(Conference.prototype, "record")
    .mockImplementationOnce(async () => {
      await failing.pass();
      throw new Error("unwell");
    })
    .mockRejectedValueOnce(new Error("unwell"))
    .mockImplementationOnce(async function third(this: Conference, ...given) {
      await taking.pass();
      return await record.apply(this, given);
    });

  const transfer = toStranger(of.transfer);
  await failing.wasReached();
  await toStranger(of.answered);
  const alarm = ringAfter(of.identity.id, 3_000);
  await taking.wasReached();
  failing.open = true;
  expect((await transfer).status).toBe(204);
  taking.open = true;
  await alarm;
  await ringAfter(of.identity.id, 3_000);
  await expectWholeCall(of);
});

it("gives a webhook to the new conference too when the leg is moved while the old one takes it", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "ringing", "answered"]);
  await env.LINES.put(line, `${conference}-guess`);
  await ringAfter(of.identity.id, 31_000);
  await env.LINES.put(line, conference);

  const slow = new Gate();
  const { record } = Conference.prototype;
  vi.spyOn(Conference.prototype, "record").mockImplementationOnce(async function first(
    this: Conference,
    ...given
  ) {
    await slow.pass();
    return await record.apply(this, given);
  });
  const transfer = event(of.transfer);
  await slow.wasReached();
  await answer(of);
  slow.open = true;
  expect((await transfer).status).toBe(204);
  await ringAfter(of.identity.id, 3_000);
  await expectWholeCall(of);
});
