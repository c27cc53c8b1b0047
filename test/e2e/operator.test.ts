/**
 * An operator, the built Worker and the carrier, over HTTP and in real time: what is ordered happens to the carrier's legs,
 * and the conference ends up where they are.
 */
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import type { ConferenceView, ParticipantView } from "../../src/contract/conference-view.ts";
import type { BatchView } from "../../src/contract/batch-view.ts";
import { createApplication, DEFAULT_METHODS } from "../simulator/webhooks/application.ts";
import { Carrier } from "../simulator/carrier/carrier.ts";
import { createClock } from "../simulator/carrier/clock.ts";
import type { Leg } from "../simulator/carrier/leg.ts";
import { startLocalBridge } from "../simulator/commands/local-bridge.ts";
import type { LocalBridge } from "../simulator/commands/local-bridge.ts";
import { NO_MISCHIEF } from "../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import { serveCarrier } from "../simulator/rest/carrier-server.ts";
import type { RestServer } from "../simulator/rest/server.ts";
import { freePort } from "../support/loopback.ts";

const LINE = "14155550100";
const [ADA, BEN, CLEO, MAILBOX] = ["447700900111", "447700900222", "447700900333", "447700900444"];
const SPEED = 20;
const PATIENCE = { timeout: 30_000, interval: 100 };

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let bridge: LocalBridge;
let carrier: Carrier;
let rest: RestServer;

beforeAll(async () => {
  const port = await freePort(Array.from({ length: 20 }, (_, n) => 27_100 + n));
  bridge = await startLocalBridge({
    name: "operator",
    worker: inject("worker"),
    settings: {
      VONAGE_PRIVATE_KEY: privateKey,
      VONAGE_API_URL: `http://127.0.0.1:${port}`,
      DIAL_PREFIXES: "+44 7700",
    },
    interrupted: new AbortController().signal,
  });
  carrier = new Carrier({
    application: createApplication(bridge.url, bridge.account, DEFAULT_METHODS),
    clock: createClock(SPEED),
    random: createRandom("operator"),
    mischief: NO_MISCHIEF,
    callee: (number) => (number === MAILBOX ? "voicemail" : "answers"),
    onNews: () => undefined,
  });
  const { applicationId } = bridge.account;
  rest = await serveCarrier(carrier, { port, applicationId, publicKey, numbers: [LINE] });
  await bridge.putLine(LINE, "standup");
});

afterAll(async () => {
  await rest?.stop();
  await bridge?.stop();
});

/** Asks the API of the conference. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
async function ask<T>(path: string, body?: object): Promise<{ status: number; body: T }> {
  const response = await fetch(`${bridge.url}/api${path}`, {
    headers: { authorization: `Bearer ${bridge.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

const ROOM = "/conferences/standup";
const view = async (): Promise<ConferenceView> =>
  (await ask<ConferenceView>(`${ROOM}?gone=true`)).body;

/** Waits until the callers who are in are these, and as many as the bridge counts. */
async function expectInside(...callers: (string | undefined)[]): Promise<void> {
  await vi.waitFor(async () => {
    const { count, participants } = await view();
    const inside = participants.filter(({ phase }) => phase === "in").map(({ caller }) => caller);
    expect(new Set(inside)).toEqual(new Set(callers));
    expect(count).toBe(callers.length);
  }, PATIENCE);
}

const legOf = (caller: string | undefined): Leg | undefined =>
  [...carrier.legs.values()].find((leg) => leg.caller === caller);

test("an operator mutes one, announces, hangs one up and calls two more, one of whom presses 1", async () => {
  const ada = carrier.dial({ caller: ADA ?? "", line: LINE, hangUpAfterMs: null });
  const ben = carrier.dial({ caller: BEN ?? "", line: LINE, hangUpAfterMs: null });
  await expectInside(ADA, BEN);

  const muted = await ask<ParticipantView>(`${ROOM}/participants/${ada.id}/mute`, {});
  expect(muted).toMatchObject({ status: 200, body: { leg: ada.id, phase: "in", muted: true } });
  expect([ada.muted, ben.muted]).toEqual([true, false]);

  const announced = await ask<BatchView>(`${ROOM}/announce`, { text: "Two more are coming." });
  expect(announced).toMatchObject({ status: 200, body: { total: 2, pending: 0 } });
  expect(announced.body.jobs.map(({ state }) => state)).toEqual(["done", "done"]);
  const talks = rest.api.accepted.filter(({ kind }) => kind === "talk");
  // They are sent side by side, so either may be the first to arrive.
  expect(talks).toHaveLength(2);
  for (const { id: uuid } of [ada, ben]) {
    expect(talks).toContainEqual(
      expect.objectContaining({ uuid, talk: { text: "Two more are coming." } }),
    );
  }

  expect((await ask(`${ROOM}/participants/${ben.id}/hangup`, {})).status).toBe(200);
  await expectInside(ADA);
  expect(ben.ended.aborted).toBe(true);

  const called = await ask<BatchView>(`${ROOM}/participants`, { to: [CLEO, MAILBOX] });
  expect(called).toMatchObject({ status: 200, body: { total: 2, pending: 0 } });
  await vi.waitFor(() => expect(legOf(CLEO)?.status).toBe("answered"), PATIENCE);
  legOf(CLEO)?.keypad.press("1");
  await expectInside(ADA, CLEO);

  await vi.waitFor(async () => {
    const { body } = await ask<BatchView>(`/outbox/${called.body.batch}`);
    expect(body.jobs).toMatchObject([
      { to: CLEO, leg: legOf(CLEO)?.id, state: "done", status: "human" },
      { to: MAILBOX, leg: legOf(MAILBOX)?.id, state: "done", status: "completed" },
    ]);
  }, PATIENCE);
  expect(
    [ada, ben, legOf(CLEO), legOf(MAILBOX)].map((leg) => carrier.truth.whereIs(leg?.id ?? "")),
  ).toEqual(["standup", null, "standup", null]);
  expect((await view()).participants).toMatchObject([
    { caller: ADA, phase: "in", muted: true },
    { caller: CLEO, phase: "in", muted: false, role: "guest", line: LINE },
    { caller: BEN, phase: "gone", muted: false },
  ]);

  expect(await ask(`${ROOM}/end`, {})).toMatchObject({
    status: 200,
    body: { total: 2, pending: 0 },
  });
  await expectInside();
  await carrier.finished();
  expect([carrier.problems, rest.api.problems]).toEqual([[], []]);
});
