/** What the switchboard remembers, holds and resolves. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conference } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { alarmOf, setClock } from "../support/alarms.ts";
import { api, event, journal, sendWith, signedPost, view } from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";
import { brokenSwitchboard } from "../support/faults.ts";

const HOUR = 3_600_000;
/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2031-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 10 * 24 * HOUR;
  setClock(now);
  line = `1415${now}`;
  conference = `switchboard-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function switchboardOf({
  identity,
}: Call): Env["SWITCHBOARD"] extends DurableObjectNamespace<infer T>
  ? DurableObjectStub<T>
  : never {
  return env.SWITCHBOARD.getByName(shardOf(identity.id));
}

async function ringAfter(of: Call, ms: number): Promise<void> {
  setClock(Date.now() + ms);
  await runDurableObjectAlarm(switchboardOf(of));
}

interface LegView {
  outcome: string;
  conference: string | null;
  reason: string | null;
  guessed: boolean;
  held: number;
  duplicates: number;
}

async function legView({ identity }: Call): Promise<LegView> {
  return (await api<LegView>(`/legs/${identity.id}`)).body;
}

it("holds webhooks that come before the answer, and delivers them with the admission", async () => {
  const of = call({ line, at: now });
  await play(of, ["transfer", "started", "answered", "started"]);
  expect(await legView(of)).toMatchObject({ outcome: "pending", held: 3 });
  await evictDurableObject(switchboardOf(of));
  await answer(of);
  expect(await legView(of)).toMatchObject({ outcome: "conference", conference, held: 0 });
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
  expect((await journal(conference)).map(({ kind, status }) => status ?? kind)).toEqual([
    "admission",
    "transfer",
    "started",
    "answered",
  ]);
});

it("acknowledges a webhook that the conference does not take, and delivers it from its alarm, once", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "answered"]);
  const broken = vi.spyOn(Conference.prototype, "record").mockRejectedValue(new Error("unwell"));
  expect((await event(of.transfer)).status).toBe(204);
  expect((await event(of.transfer)).status).toBe(204);
  await ringAfter(of, 3_000);
  expect(await legView(of)).toMatchObject({ held: 1 });
  broken.mockRestore();
  expect(await view(conference)).toMatchObject({ count: 0, arriving: 1 });

  await evictDurableObject(switchboardOf(of));
  await ringAfter(of, 10_000);
  await ringAfter(of, 10_000);
  expect(await legView(of)).toMatchObject({ held: 0 });
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
  expect((await journal(conference)).filter(({ kind }) => kind === "transfer")).toHaveLength(1);
});

it("asks for a retry when nothing durable happened, and not when a second try succeeds", async () => {
  const of = call({ line, at: now });
  const twice = await sendWith(
    { SWITCHBOARD: brokenSwitchboard("throws", 2) },
    signedPost("/webhooks/event", of.started),
  );
  const once = await sendWith(
    { SWITCHBOARD: brokenSwitchboard("throws", 1) },
    signedPost("/webhooks/event", of.started),
  );
  expect([twice.response.status, once.response.status]).toEqual([503, 204]);
});

it("refuses more webhooks than can wait for one leg, and loses none that it took", async () => {
  const of = call({ line, at: now });
  const statuses: number[] = [];
  for (let n = 0; n < 258; n++) {
    const timestamp = new Date(now + n).toISOString();
    statuses.push((await event({ ...of.ringing, timestamp })).status);
  }
  expect(statuses.filter((status) => status === 204)).toHaveLength(256);
  expect(statuses.slice(256)).toEqual([503, 503]);
  await answer(of);
  expect((await journal(conference)).filter(({ status }) => status === "ringing")).toHaveLength(
    256,
  );
});

it("never counts a caller of an unknown number, and keeps their webhooks for an admission that still comes", async () => {
  const of = call({ line: `${line}9`, at: now });
  expect(await answer(of)).toEqual([
    { action: "talk", text: expect.stringContaining("not connected") as unknown },
  ]);
  await play(of, ["started", "answered", "transfer"]);
  await ringAfter(of, 60_000);
  expect(await legView(of)).toMatchObject({ outcome: "none", reason: "unknown-number", held: 3 });
  await env.LINES.put(`${line}9`, conference);
  await ringAfter(of, 60_000);
  expect(await view(conference)).toMatchObject({ count: 0, participants: [] });
  await answer(of);
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
});

it("resolves a leg without an answer webhook by its line after thirty seconds, and not before", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "answered", "transfer"]);
  // Once before that, it looks up whether the transfer tells.
  expect(await alarmOf(switchboardOf(of))).toBe(now + 2_000);
  await ringAfter(of, 2_000);
  expect(await alarmOf(switchboardOf(of))).toBe(now + 30_000);
  await ringAfter(of, 27_000);
  expect(await view(conference)).toMatchObject({ count: 0 });
  await ringAfter(of, 1_000);
  expect(await legView(of)).toMatchObject({ outcome: "conference", conference, guessed: true });
  expect(await view(conference)).toMatchObject({
    count: 1,
    participants: [{ caller: "447700900123", line, admission: "unadmitted" }],
  });
});

it.each<[string, (of: Call) => Promise<unknown>, object]>([
  [
    "whose status is older than ten minutes",
    (of) => event({ ...of.started, timestamp: new Date(now - 600_001).toISOString() }),
    { outcome: "none", reason: "unrouted" },
  ],
  [
    "whose status has no time",
    (of) => event({ ...of.started, timestamp: null }),
    { outcome: "none", reason: "unrouted" },
  ],
  [
    "that is outbound",
    (of) => event({ ...of.started, direction: "outbound" }),
    { outcome: "none", reason: "unrouted" },
  ],
  [
    "of which only a transfer is known",
    (of) => event(of.transfer),
    { outcome: "none", reason: "unrouted" },
  ],
  [
    "of an unknown number",
    (of) => event({ ...of.started, to: "19995550000" }),
    { outcome: "none", reason: "unknown-number" },
  ],
  [
    "whose line asks for a PIN",
    async (of) => {
      await env.LINES.put(line, JSON.stringify({ conference, pin: "480215" }));
      await event(of.started);
    },
    { outcome: "none", reason: "prompting" },
  ],
  [
    "whose line asks for a code",
    async (of) => {
      await env.LINES.put(line, JSON.stringify({ rooms: { 2001: conference } }));
      await event(of.started);
    },
    { outcome: "none", reason: "prompting" },
  ],
])("does not guess a room for a leg %s", async (_, first, expected) => {
  const of = call({ line, at: now });
  await first(of);
  await ringAfter(of, 31_000);
  await ringAfter(of, 600_000);
  expect(await legView(of)).toMatchObject(expected);
  expect(await view(conference)).toMatchObject({ count: 0, participants: [] });
});

it("goes on guessing when KV cannot be read", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "answered"]);
  await runInDurableObject(switchboardOf(of), (_, state) => state.storage.getAlarm());
  const get = vi
    .spyOn(Object.getPrototypeOf(env.LINES) as KVNamespace, "get")
    .mockRejectedValue(new Error("unwell"));
  await ringAfter(of, 31_000);
  expect(await legView(of)).toMatchObject({ outcome: "pending", held: 2 });
  get.mockRestore();
  await ringAfter(of, 5_000);
  expect(await legView(of)).toMatchObject({ outcome: "conference", guessed: true, held: 0 });
});

it("lets a late admission override the guess, and takes the leg's webhooks along", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "answered", "transfer"]);
  await ringAfter(of, 31_000);
  expect(await view(conference)).toMatchObject({ count: 1 });
  await env.LINES.put(line, `${conference}-new`);
  await answer(of);
  expect(await view(conference, "?gone=true")).toMatchObject({
    count: 0,
    participants: [{ phase: "gone", reason: "sent elsewhere" }],
  });
  expect(await view(`${conference}-new`)).toMatchObject({
    count: 1,
    confirmed: 1,
    participants: [{ admission: "checked" }],
  });
  await event(of.completed);
  expect(await view(`${conference}-new`)).toMatchObject({ count: 0 });
  expect((await journal(`${conference}-new`)).map(({ kind, status }) => status ?? kind)).toEqual([
    "admission",
    "started",
    "answered",
    "transfer",
    "completed",
  ]);
});

it("forgets a leg after two days, and drops whole days", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "answered", "transfer", "completed"]);
  await ringAfter(of, 48 * HOUR);
  expect(await legView(of)).toMatchObject({ outcome: "conference" });
  await ringAfter(of, 24 * HOUR);
  expect((await api(`/legs/${of.identity.id}`)).status).toBe(404);
});

it("does not forget what a conference has not taken yet", async () => {
  const of = call({ line, at: now });
  await answer(of);
  const broken = vi.spyOn(Conference.prototype, "record").mockRejectedValue(new Error("unwell"));
  await event(of.transfer);
  for (let day = 0; day < 5; day++) await ringAfter(of, 24 * HOUR);
  broken.mockRestore();
  await ringAfter(of, 60_000);
  expect((await journal(conference)).map(({ kind }) => kind)).toEqual(["admission", "transfer"]);
});
