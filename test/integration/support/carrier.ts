/** The carrier's REST side, reached by every `fetch` of this test file, without a network; and the outbox that asks it. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { Command } from "../../../src/outbox/job.ts";
import type { BatchView, LegAction } from "../../../src/contract/batch-view.ts";
import type { Outbox } from "../../../src/index.ts";
import { RestApi } from "../../simulator/rest/api.ts";
import type { RestApiOptions, SeenRequest } from "../../simulator/rest/api.ts";
import type { Command as Asked } from "../../simulator/rest/requests/command.ts";
import type { Fault } from "../../simulator/rest/fault.ts";
import { createRateLimiter, DOCUMENTED_LIMITS } from "../../simulator/rest/rate-limit.ts";
import type { RateLimiter } from "../../simulator/rest/rate-limit.ts";
import { callRecord, FakeControl, REGION } from "../../unit/simulator/rest/fake-control.ts";
import { APPLICATION, KEYS } from "../../unit/simulator/rest/rest-client.ts";

export interface TestCarrier {
  api: RestApi;
  control: FakeControl;
  /** The account's limits, for somebody else to use up. */
  limits: RateLimiter;
  /** The origins that were asked, in their order. */
  origins: string[];
  /** While it is false nobody gets a connection. */
  up: boolean;
}

/** Years ahead, so that no alarm rings by itself. */
const START = Date.parse("2031-06-01T09:00:00Z");
const STEP_MS = 50;

/** Starts a carrier with these legs up, and stops time. */
export function startCarrier(
  legs: readonly string[] = [],
  options: Partial<RestApiOptions> = {},
): TestCarrier {
  Object.assign(env, { VONAGE_APPLICATION_ID: APPLICATION, VONAGE_PRIVATE_KEY: KEYS.privateKey });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: START });
  const control = new FakeControl(legs.map((leg) => callRecord(leg)));
  const limits = createRateLimiter(DOCUMENTED_LIMITS);
  const api = new RestApi(
    {
      control,
      applicationId: APPLICATION,
      publicKey: KEYS.publicKey,
      region: REGION,
      now: Date.now,
      limits,
      ...options,
    },
    "https://api.nexmo.com",
  );
  const carrier: TestCarrier = { api, control, limits, origins: [], up: true };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const { origin, pathname, search } = new URL(input instanceof Request ? input.url : input);
    carrier.origins.push(origin);
    if (!carrier.up) throw new TypeError("connection refused");
    const headers = new Headers(init?.headers);
    const reply = await api.handle({
      method: init?.method ?? "GET",
      target: `${pathname}${search}`,
      authorization: headers.get("authorization") ?? undefined,
      contentType: headers.get("content-type") ?? undefined,
      body: typeof init?.body === "string" ? init.body : "",
    });
    if (reply === null) throw new TypeError("connection lost");
    const { status, body } = reply;
    const { contentType } = reply;
    return new Response(status === 204 ? null : bodyOf(body), {
      status,
      headers: contentType === null ? {} : { "content-type": contentType },
    });
  });
  return carrier;
}

/** A file that comes in pieces makes each of them only when it is asked for. */
function bodyOf(body: Uint8Array | AsyncIterable<Uint8Array>): BodyInit {
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await pieces.next();
        if (piece.done === true) controller.close();
        else controller.enqueue(piece.value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** A new stub each time: one of an object that was evicted may stay broken. */
export function outbox(): DurableObjectStub<Outbox> {
  return env.OUTBOX.getByName("account");
}

export async function submit(
  commands: Command[],
  idempotencyKey: string | null = null,
  fingerprint = "",
): Promise<string> {
  const conference = commands[0]?.conference ?? "standup";
  const taken = await outbox().submit({ conference, commands, idempotencyKey, fingerprint });
  if (!taken.ok) throw new Error(taken.reason);
  return taken.batch;
}

/** The batch once it is done, with as much time as it takes, at most `mostMs`. */
export async function finished(batch: string, mostMs = 120_000): Promise<BatchView> {
  const waiting = outbox().wait(batch, mostMs);
  const end = { reached: false };
  waiting.then(
    () => (end.reached = true),
    () => (end.reached = true),
  );
  for (let ms = 0; ms <= mostMs && !end.reached; ms += STEP_MS) await pass(STEP_MS);
  const view = await waiting;
  if (view === null || view.pending > 0) throw new Error(`not done: ${JSON.stringify(view)}`);
  return view;
}

/** Lets so much time pass, for the outbox. Its timers have to go off within it, as they would without a test. */
export async function pass(ms: number): Promise<void> {
  await runInDurableObject(outbox(), async () => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await vi.advanceTimersByTimeAsync(STEP_MS);
      // A read of KV takes its turn behind whatever else the platform has under way.
      for (let turn = 0; turn < 3; turn++) await env.LINES.get("a-turn");
    }
  });
}

/** The object goes down, with all that is under way in it and every timer. */
export async function evict(): Promise<void> {
  // Clearing the timers also sets the clock back.
  const now = Date.now();
  vi.clearAllTimers();
  vi.setSystemTime(now);
  await evictDurableObject(outbox());
}

export async function ringAlarm(): Promise<void> {
  await runDurableObjectAlarm(outbox());
}

/** A request that is never answered. The promise belongs to whoever waits for it, so it has to be made there. */
export function hanging(acted: boolean): Fault {
  return { kind: "late", acted, until: new Promise(() => undefined) };
}

/** How many of a batch's jobs are in each state. */
export function tally({ jobs }: BatchView): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of jobs) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** What the carrier was asked, by its own reading. */
export function asked({ api }: TestCarrier): Asked["kind"][] {
  return api.accepted.map(({ kind }) => kind);
}

export function statuses({ api }: TestCarrier): SeenRequest["status"][] {
  return api.seen.map(({ status }) => status);
}

export function dial(to: string, more: Partial<Extract<Command, { kind: "dial" }>> = {}): Command {
  return {
    kind: "dial",
    conference: "standup",
    dial: crypto.randomUUID(),
    to,
    from: "14155550100",
    regionUrl: null,
    answerUrl: "https://bridge.example.com/webhooks/dialled/answer?dial=1",
    eventUrl: "https://bridge.example.com/webhooks/dialled/event?dial=1",
    hangUpOnMachine: true,
    ...more,
  };
}

export function talkTo(leg: string): Command {
  return { kind: "talk", conference: "standup", leg, regionUrl: null, text: "Hello" };
}

export function handOn(
  kind: LegAction | "look-up",
  leg: string,
  regionUrl: string | null = null,
): Command {
  return { kind, conference: "standup", leg, regionUrl };
}

/** `count` phone numbers. */
export function people(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(447700900100 + n));
}
