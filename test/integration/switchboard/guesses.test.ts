/** A fallback is never final: the outcome of the caller's own answer webhook overrides it. */
import {
  createExecutionContext,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { Conference, type Switchboard } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { setClock } from "../support/alarms.ts";
import {
  api,
  event,
  journal,
  sendWith,
  signedPost,
  view,
  type Payload,
} from "../support/bridge.ts";
import { answer, call, play, type Call } from "../support/call.ts";

/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2034-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 10 * 86_400_000;
  setClock(now);
  line = `1415${now}`;
  conference = `guesses-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function switchboardOf({ identity }: Call): DurableObjectStub<Switchboard> {
  return env.SWITCHBOARD.getByName(shardOf(identity.id));
}

async function ringAfter(of: Call, ms: number): Promise<void> {
  setClock(Date.now() + ms);
  await runDurableObjectAlarm(switchboardOf(of));
}

/** A leg whose answer webhook did not reach us, so that the fallback by its line decided. */
async function guessed(): Promise<Call> {
  const of = call({ line, at: now });
  await play(of, ["started", "answered"]);
  await ringAfter(of, 31_000);
  expect(await view(conference)).toMatchObject({ arriving: 1 });
  return of;
}

/** Goes down as a machine does, with everything that is under way. */
async function die(stub: DurableObjectStub<Switchboard>): Promise<void> {
  const dying = runInDurableObject(stub, (_, state) => state.abort("died"));
  await expect(dying).rejects.toThrow("died");
}

const CLOSED = JSON.stringify({ conference: "anything", deny: ["447700900123"] });

/** An isolate of the Worker, with its caches. */
function isolate(): (path: string, payload: Payload) => Promise<Response> {
  const app = createApp();
  return async (path, payload) => {
    const context = createExecutionContext();
    const response = await app.fetch(signedPost(path, payload), env, context);
    await waitOnExecutionContext(context);
    return response;
  };
}

it("does not let a caller in whom the line refuses after they were guessed into a room", async () => {
  const of = await guessed();
  await env.LINES.put(line, CLOSED);
  expect(JSON.stringify(await answer(of))).not.toContain("conversation");
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({
    outcome: "none",
    reason: "not-allowed",
    held: 2,
  });
  expect(await view(conference, "?gone=true")).toMatchObject({
    arriving: 0,
    participants: [{ phase: "gone", reason: "sent elsewhere" }],
  });
});

it("does not let a caller in whose line cannot be read after they were guessed into a room", async () => {
  const of = await guessed();
  const leg = of.identity.id;
  expect(await switchboardOf(of).refuse(leg, "line-unavailable", now + 40_000)).toMatchObject({
    outcome: { kind: "none", reason: "line-unavailable" },
  });
  expect(await view(conference)).toMatchObject({ arriving: 0, count: 0 });
});

it("counts a caller where another isolate let them in, also by what the one hears that refused them", async () => {
  const of = await guessed();
  const [first, second] = [isolate(), isolate()];
  await env.LINES.put(line, CLOSED);
  await first("/webhooks/answer", of.answer);
  await env.LINES.put(line, `${conference}-b`);
  await second("/webhooks/answer", of.answer);
  expect((await first("/webhooks/event", of.transfer)).status).toBe(204);
  expect(await view(conference)).toMatchObject({ count: 0 });
  expect(await view(`${conference}-b`)).toMatchObject({ count: 1, confirmed: 1 });
});

it("takes a caller back later where the room they were guessed into does not answer, over an eviction", async () => {
  const of = await guessed();
  await env.LINES.put(line, CLOSED);
  const broken = vi.spyOn(Conference.prototype, "release").mockRejectedValue(new Error("unwell"));
  await answer(of);
  broken.mockRestore();
  expect(await view(conference)).toMatchObject({ arriving: 1 });
  expect((await event(of.completed)).status).toBe(204);
  await evictDurableObject(switchboardOf(of));
  await ringAfter(of, 5_000);
  expect(await view(conference)).toMatchObject({ arriving: 0 });
  expect((await api(`/legs/${of.identity.id}`)).body).toMatchObject({ outcome: "none", held: 3 });

  await env.LINES.put(line, `${conference}-b`);
  await answer(of);
  expect((await journal(`${conference}-b`)).map(({ kind, status }) => status ?? kind)).toEqual([
    "admission",
    "completed",
    "started",
    "answered",
  ]);
});

it.each<[string, (of: Call) => Promise<unknown>]>([
  ["its alarm", (of) => ringAfter(of, 5_000)],
  ["the carrier's second question", (of) => answer(of)],
])("finishes a move that its object did not outlive by %s", async (_, go) => {
  const of = await guessed();
  await env.LINES.put(line, `${conference}-b`);
  // It goes down after it has saved the move and before it makes it.
  const release = vi
    .spyOn(Conference.prototype, "release")
    .mockImplementation(() => new Promise(() => undefined));
  void sendWith({}, signedPost("/webhooks/answer", of.answer)).catch(() => undefined);
  await vi.waitFor(() => expect(release).toHaveBeenCalled(), 5_000);
  await die(switchboardOf(of));
  release.mockRestore();
  await go(of);
  expect(await view(conference)).toMatchObject({ arriving: 0 });
  expect(await view(`${conference}-b`)).toMatchObject({ arriving: 1 });
  await event(of.transfer);
  expect(await view(`${conference}-b`)).toMatchObject({ count: 1 });
});

it("lets a caller into the room after all from which a refusal had taken them back", async () => {
  const of = await guessed();
  await env.LINES.put(line, CLOSED);
  await answer(of);
  await env.LINES.put(line, conference);
  await answer(of);
  await event(of.transfer);
  expect(await view(conference)).toMatchObject({
    count: 1,
    participants: [{ admission: "checked", phase: "in" }],
  });
});
