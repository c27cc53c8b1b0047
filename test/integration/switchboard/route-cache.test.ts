/** Webhooks go straight to their conference if the isolate has cached the route. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conference, Switchboard } from "../../../src/index.ts";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { setClock } from "../support/alarms.ts";
import { event, sendWith, signedPost, view } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";

/** Years ahead, so that no alarm rings by itself. */
let now = Date.parse("2032-01-01T00:00:00Z");
let line = "";
let conference = "";

beforeEach(async () => {
  now += 86_400_000;
  setClock(now);
  line = `1415${now}`;
  conference = `ways-${now}`;
  await env.LINES.put(line, conference);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("does not ask the switchboard again where this isolate let the leg in", async () => {
  const asked = vi.spyOn(Switchboard.prototype, "deliver");
  await play(call({ line, at: now }), ["answer", "answered", "transfer"]);
  expect(asked).not.toHaveBeenCalled();
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
});

it("asks the switchboard once where another isolate let the leg in", async () => {
  const of = call({ line, at: now });
  await sendWith({}, signedPost("/webhooks/answer", of.answer));
  const asked = vi.spyOn(Switchboard.prototype, "deliver");
  await play(of, ["started", "answered", "transfer"]);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(await view(conference)).toMatchObject({ count: 1, confirmed: 1 });
});

it("gives a webhook to the switchboard to keep when the conference does not take it", async () => {
  const of = call({ line, at: now });
  await play(of, ["answer", "answered"]);
  const kept = vi.spyOn(Switchboard.prototype, "deliver");
  vi.spyOn(Conference.prototype, "record").mockRejectedValue(new Error("unwell"));
  expect((await event(of.transfer)).status).toBe(204);
  expect(await kept.mock.results[0]?.value).toMatchObject({ outcome: "held" });
});

it("never caches the route of a fallback: the leg may still be moved", async () => {
  const of = call({ line, at: now });
  await play(of, ["started", "answered"]);
  setClock(now + 31_000);
  await runDurableObjectAlarm(env.SWITCHBOARD.getByName(shardOf(of.identity.id)));
  await play(of, ["ringing"]);
  expect(await view(conference)).toMatchObject({ participants: [{ leg: of.identity.id }] });

  await env.LINES.put(line, `${conference}-elsewhere`);
  await sendWith({}, signedPost("/webhooks/answer", of.answer));
  await play(of, ["transfer"]);
  expect(await view(`${conference}-elsewhere`)).toMatchObject({ count: 1, confirmed: 1 });
});
