/** Ghosts, where the bridge can ask the carrier: gone within one sweep, and never for any other reason than its word. */
import { reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { callRecord, ENDED } from "../../unit/simulator/rest/fake-control.ts";
import { alarmOf } from "../support/alarms.ts";
import { event, journal, view } from "../support/bridge.ts";
import { call, play, type Call } from "../support/call.ts";
import { asked, outbox, pass, startCarrier, type TestCarrier } from "../support/carrier.ts";

const MINUTE = 60_000;
const LINE = "14155550100";

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

/** Somebody in the room `standup`, of whom nothing is heard any more. */
async function silentCaller(): Promise<Call> {
  await env.LINES.put(LINE, "standup");
  const of = call({ line: LINE, at: Date.now() });
  await play(of, ["answer", "answered", "transfer"]);
  return of;
}

function known({ control }: TestCarrier, { identity }: Call, status: string): void {
  control.know(callRecord(identity.id, status === "completed" ? ENDED : { status }));
}

/** Lets the conference's alarm ring so much later, and the outbox do what it is asked. */
async function sweep(ms: number): Promise<void> {
  vi.setSystemTime(Date.now() + ms);
  await runDurableObjectAlarm(env.CONFERENCE.getByName("standup"));
  await pass(5_000);
}

it("is gone within one sweep where the carrier says that the call is over", async () => {
  const carrier = startCarrier();
  const of = await silentCaller();
  known(carrier, of, "completed");
  await sweep(29 * MINUTE);
  expect(await view("standup")).toMatchObject({ count: 1 });
  expect(asked(carrier)).toEqual([]);
  await sweep(2 * MINUTE);
  expect(await view("standup", "?gone=true")).toMatchObject({
    count: 0,
    participants: [{ leg: of.identity.id, phase: "gone", reason: "completed" }],
  });
  expect((await journal("standup")).map(({ kind }) => kind)).toContain("look-up");
});

it("stays where the carrier says that the call is up, and is asked about again only after as long a silence", async () => {
  const carrier = startCarrier();
  const of = await silentCaller();
  known(carrier, of, "answered");
  await sweep(31 * MINUTE);
  await sweep(20 * MINUTE);
  expect(asked(carrier)).toEqual(["get"]);
  await sweep(15 * MINUTE);
  expect(asked(carrier)).toEqual(["get", "get"]);
  expect(await view("standup")).toMatchObject({ count: 1 });
});

it("stays where the carrier does not know the leg, which may be in another region", async () => {
  const carrier = startCarrier();
  await silentCaller();
  await sweep(31 * MINUTE);
  expect(carrier.api.seen.map(({ status }) => status)).toEqual([404]);
  expect(await view("standup")).toMatchObject({ count: 1 });
  await sweep(20 * MINUTE);
  expect(carrier.api.seen).toHaveLength(1);
  await sweep(11 * MINUTE);
  expect(carrier.api.seen).toHaveLength(2);
});

it("stays while the carrier's interface is down, and goes once it is up again", async () => {
  const carrier = startCarrier();
  const of = await silentCaller();
  known(carrier, of, "completed");
  carrier.up = false;
  const logged = vi.spyOn(console, "log");
  await sweep(31 * MINUTE);
  expect(await view("standup")).toMatchObject({ count: 1 });
  expect(logged.mock.calls.flat().join("\n")).toContain("carrier");
  carrier.up = true;
  await pass(MINUTE);
  expect(await view("standup")).toMatchObject({ count: 0 });
});

it("sleeps over a leg that is given up and has a webhook of tomorrow, about whom nobody is to be asked", async () => {
  startCarrier();
  const of = await silentCaller();
  await event({ ...of.ringing, timestamp: new Date(Date.now() + 40 * 60 * MINUTE).toISOString() });
  await sweep(7 * 60 * MINUTE);
  expect(await view("standup")).toMatchObject({ count: 0, participants: [] });
  const alarm = await alarmOf(env.CONFERENCE.getByName("standup"));
  expect(alarm).toBeGreaterThan(Date.now() + MINUTE);
});

it("asks nobody without credentials", async () => {
  const carrier = startCarrier();
  Object.assign(env, { VONAGE_PRIVATE_KEY: undefined });
  await silentCaller();
  await sweep(45 * MINUTE);
  expect(carrier.api.seen).toEqual([]);
  expect(await outbox().progress("none")).toBeNull();
});
