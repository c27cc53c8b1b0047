/** Legs that we called: no line tells where they go, and that is no problem to report. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ProblemView } from "../../../src/contract/directory-view.ts";
import { outboundUrl } from "../../../src/calls/callback-urls/outbound-url.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { alarmOf, objectsOf, ringUntil, setClock } from "../support/alarms.ts";
import { api, event, journal, ORIGIN, send, signedPost, type Payload } from "../support/bridge.ts";
import { call, type Call } from "../support/call.ts";

const MINUTE = 60_000;
/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2036-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 10 * 86_400_000;
  setClock(now);
  line = `1415${now}`;
  conference = `invited-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function pathOf(webhook: "answer" | "event"): Promise<string> {
  const said = { conference, dial: `dial-${now}`, line, called: "447700900123" };
  const dialled = { ...said, pressOne: false, language: "" };
  const secrets = [env.VONAGE_SIGNATURE_SECRET ?? ""];
  return (await outboundUrl(webhook, ORIGIN, dialled, secrets)).slice(ORIGIN.length);
}

async function post(webhook: "answer" | "event", payload: Payload): Promise<number> {
  return (await send(signedPost(await pathOf(webhook), payload))).status;
}

function outbound(payload: Payload): Payload {
  return { ...payload, direction: "outbound", from: line, to: "447700900123" };
}

async function problems(): Promise<ProblemView[]> {
  return (await api<{ problems: ProblemView[] }>("/problems")).body.problems;
}

async function ringFor(of: Call, ms: number): Promise<void> {
  await ringUntil(now + ms, objectsOf(of.identity.id, conference));
}

it("are no problem where nobody takes the call", async () => {
  const of = call({ line, at: now });
  for (const payload of [of.started, of.ringing, { ...of.completed, status: "unanswered" }]) {
    expect(await post("event", outbound(payload))).toBe(204);
  }
  // There is nothing to resolve: the alarm is for dropping its row.
  const stub = env.SWITCHBOARD.getByName(shardOf(of.identity.id));
  expect(await alarmOf(stub)).toBeGreaterThan(now + 86_400_000);
  await ringFor(of, 30 * MINUTE);
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({
    outcome: "none",
    reason: "invited",
    held: 3,
  });
  expect((await problems()).filter(({ kind }) => kind === "unrouted-leg")).toEqual([]);
});

it("are no problem either where another program called them, whose answers are its own", async () => {
  const of = call({ line, at: now });
  await event(outbound(of.started));
  await event(outbound(of.answered));
  await ringFor(of, 30 * MINUTE);
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({ reason: "unrouted" });
  expect((await problems()).filter(({ kind }) => kind === "unrouted-leg")).toEqual([]);
});

it("take all that was heard of them along into the room that they join", async () => {
  const of = call({ line, at: now });
  await post("event", outbound(of.started));
  await post("event", { ...of.started, status: undefined, type: "audio:dtmf", digit: "1" });
  await post("event", outbound(of.answered));
  await post("answer", outbound(of.answer));
  await post("event", of.transfer);
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({
    outcome: "conference",
    conference,
    guessed: false,
    held: 0,
  });
  expect((await journal(conference)).map(({ kind, status }) => status ?? kind)).toEqual([
    "admission",
    "started",
    "audio:dtmf",
    "answered",
    "transfer",
  ]);
});

it("are followed as any leg where the URL is none of ours", async () => {
  const of = call({ line, at: now });
  const response = await send(signedPost("/webhooks/dialled/event?dial=1", of.started));
  expect(response.status).toBe(204);
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({
    outcome: "pending",
    held: 1,
  });
});
