/** Legs that came into a room without an answer of ours, because another program of the operator called them into it. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { shardOf } from "../../../src/switchboard/shard.ts";
import {
  answeredPayload,
  progressPayload,
  transferPayload,
} from "../../simulator/webhooks/wire.ts";
import { setClock } from "../support/alarms.ts";
import { api, event, view } from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";

/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2035-01-01T00:00:00Z");
let line = "";
let conference = "";
let room = "";

beforeEach(async () => {
  now += 10 * 86_400_000;
  setClock(now);
  line = `1415${now}`;
  conference = `unadmitted-${now}`;
  room = `CON-room-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A caller whom we let in, so that the conversation of the room is known. */
async function host(): Promise<Call> {
  const one = call({ line, at: now, room });
  await play(one, ["answer", "answered", "transfer"]);
  await known(room);
  return one;
}

async function known(conversation: string): Promise<void> {
  const directory = env.DIRECTORY.getByName("all");
  await vi.waitFor(
    async () => expect(await directory.conferenceOf(conversation)).toBe(conference),
    5_000,
  );
}

/** The webhooks of a leg that another program called. Nothing in them tells where it goes. */
async function calledIn(to = room): Promise<Call> {
  const one = call({ line: "14155559999", at: now, caller: "447700900777", room: to });
  const { identity } = one;
  const outbound = (payload: object) => ({
    ...payload,
    direction: "outbound",
    from: identity.line,
    to: identity.caller,
  });
  await event(outbound(progressPayload(identity, "started", now)));
  await event(outbound(answeredPayload(identity, now + 1_000)));
  await event(transferPayload(identity, identity.origin, to, now + 1_500));
  return one;
}

async function ringAfter({ identity }: Call, ms: number): Promise<void> {
  setClock(Date.now() + ms);
  await runDurableObjectAlarm(env.SWITCHBOARD.getByName(shardOf(identity.id)));
}

it("counts two seconds after the transfer into a room that others have shown", async () => {
  await host();
  const guest = await calledIn();
  expect(await view(conference)).toMatchObject({ count: 1 });
  await ringAfter(guest, 2_100);
  const shown = await view(conference);
  expect(shown).toMatchObject({ count: 2, confirmed: 2, split: false });
  expect(shown.participants.find(({ leg }) => leg === guest.identity.id)).toMatchObject({
    caller: "447700900777",
    line: "14155559999",
    role: "guest",
    phase: "in",
    admission: "unadmitted",
  });
  expect((await api(`/legs/${guest.identity.id}`)).body).toMatchObject({
    outcome: "conference",
    conference,
    guessed: true,
  });
  await event(guest.completed);
  expect(await view(conference)).toMatchObject({ count: 1 });
});

it("counts also where the room becomes known only after they came", async () => {
  const guest = await calledIn();
  await ringAfter(guest, 2_100);
  expect((await api(`/legs/${guest.identity.id}`)).body).toMatchObject({ outcome: "pending" });
  await host();
  await ringAfter(guest, 28_000);
  expect(await view(conference)).toMatchObject({ count: 2, confirmed: 2 });
});

it("counts where another program moved a leg into the room that its line had refused", async () => {
  await host();
  const refused = call({ line: `${line}9`, at: now, room });
  await play(refused, ["answer", "started", "answered"]);
  setClock(Date.now() + 1_000);
  await event(refused.transfer);
  await ringAfter(refused, 2_100);
  expect(await view(conference)).toMatchObject({ count: 2 });
});

it("holds a place, and is turned away by nothing", async () => {
  await env.LINES.put(line, JSON.stringify({ conference, maxParticipants: 2 }));
  await host();
  await ringAfter(await calledIn(), 2_100);
  await ringAfter(await calledIn(), 2_100);
  expect(await view(conference)).toMatchObject({ count: 3 });
  const late = call({ line, at: Date.now() });
  expect(JSON.stringify(await answer(late))).toContain("full");
});

it("is in no room that only legs without an admission have shown", async () => {
  const guessed = call({ line, at: now, room });
  await play(guessed, ["started", "answered", "transfer"]);
  await ringAfter(guessed, 31_000);
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
  setClock(Date.now() + 5_000);
  const guest = await calledIn();
  await ringAfter(guest, 2_100);
  expect(await env.DIRECTORY.getByName("all").conferenceOf(room)).toBeNull();
  expect(await view(conference)).toMatchObject({ count: 1 });
});

it("goes where a late answer of ours sends them", async () => {
  await host();
  const late = call({ line, at: now, room });
  await play(late, ["started", "answered", "transfer"]);
  await ringAfter(late, 2_100);
  expect(await view(conference)).toMatchObject({ count: 2 });
  await env.LINES.put(line, `${conference}-b`);
  await answer(late);
  expect(await view(conference)).toMatchObject({ count: 1 });
  expect(await view(`${conference}-b`)).toMatchObject({ count: 1 });
});

it("is taken out of the room by a late answer of ours that refuses them, and not put back by the same transfer", async () => {
  await host();
  const late = call({ line, at: now, room });
  await play(late, ["started", "answered", "transfer"]);
  await ringAfter(late, 2_100);
  await env.LINES.put(line, JSON.stringify({ conference, deny: [late.identity.caller] }));
  await answer(late);
  for (const ms of [2_100, 28_000, 600_000]) await ringAfter(late, ms);
  expect(await view(conference)).toMatchObject({ count: 1 });
  expect((await api(`/legs/${late.identity.id}`)).body).toMatchObject({ reason: "not-allowed" });
});
