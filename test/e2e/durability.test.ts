/**
 * Nothing acknowledged is ever lost: the server is killed under load, again and again, at moments that nobody chose, and
 * every webhook that it had answered with success is in the journal after the restart.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createApplication } from "../simulator/webhooks/application.ts";
import { createBridgeApi } from "../simulator/referee/bridge-api.ts";
import type { BridgeApi } from "../simulator/referee/bridge-api.ts";
import { Carrier } from "../simulator/carrier/carrier.ts";
import { createClock } from "../simulator/carrier/clock.ts";
import { AcknowledgedWebhooks } from "../simulator/referee/journal-check.ts";
import type { Leg } from "../simulator/carrier/leg.ts";
import { NO_MISCHIEF } from "../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import type { Random } from "../simulator/carrier/random.ts";
import { judge } from "../simulator/referee/referee.ts";
import { PATIENT_RETRY } from "../simulator/webhooks/retry.ts";
import { Traffic } from "../simulator/webhooks/traffic.ts";
import { freePort } from "../support/loopback.ts";
import { startServerProcess } from "../support/server-process.ts";
import type { ServerProcess } from "../support/server-process.ts";

const SEED = "durability";
const KILLS = 6;
const CALLS_A_ROUND = 16;
const CALL_SPEED = 8;

const LINES = {
  "14155550100": "standup",
  "14155550101": JSON.stringify({ conference: "town-hall", greeting: "Welcome." }),
};
const CONFERENCES = ["standup", "town-hall"];

const ACCOUNT = {
  signatureSecret: "durability-test-secret-0123456789abcdef",
  apiKey: "e2e00001",
  applicationId: "00000000-0000-4000-8000-000000000002",
};
const API_TOKEN = "durability-test-token";
const SETTINGS = {
  VONAGE_SIGNATURE_SECRET: ACCOUNT.signatureSecret,
  VONAGE_API_KEY: ACCOUNT.apiKey,
  VONAGE_APPLICATION_ID: ACCOUNT.applicationId,
  API_TOKEN,
};

/** The other way round than by default, which the demo plays. */
const METHODS = { answer: "POST", fallback: "POST", event: "GET" } as const;

/** How soon after a restart an acknowledged webhook must be in the journal. */
const JOURNAL_DEADLINE_MS = 10_000;

/** How long the room may take to be right once the last restart is over. */
const AGREEMENT_DEADLINE_MS = 30_000;

let folder = "";
let server: ServerProcess | null = null;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "partyline-durability-"));
});

afterAll(async () => {
  await server?.kill();
  await rm(folder, { recursive: true, force: true });
});

test(`every acknowledged webhook outlives ${KILLS} kills under load`, async () => {
  const random = createRandom(SEED);
  const candidates = Array.from({ length: 20 }, () => random.integer(20_000, 30_000));
  const port = await freePort(candidates);
  const start = (lines: Record<string, string>): Promise<ServerProcess> =>
    startServerProcess(
      { worker: inject("worker"), stateDir: path.join(folder, "state"), port, settings: SETTINGS },
      lines,
    );
  server = await start(LINES);
  const bridge = createBridgeApi(server.url, API_TOKEN);

  const acknowledged = new AcknowledgedWebhooks();
  const traffic = new Traffic();
  const carrier = new Carrier({
    application: createApplication(server.url, ACCOUNT, METHODS),
    clock: createClock(CALL_SPEED),
    random,
    retry: PATIENT_RETRY,
    mischief: NO_MISCHIEF,
    onNews: (news) => {
      traffic.hear(news);
      if (news.type === "accepted") acknowledged.add(news.webhook);
    },
  });

  const legs: Leg[] = [];
  let interruptedWebhooks = 0;
  for (let round = 1; round <= KILLS; round += 1) {
    const chance = random.branch(`round ${round}`);
    const moment = traffic.afterSending(chance.integer(5, 60));
    legs.push(...dialMany(carrier, chance));
    await moment;
    // Not always at the moment of sending, but also while the bridge is at work or answering.
    await createClock(1).wait(chance.integer(0, 20));
    await server.kill();
    interruptedWebhooks += traffic.inFlight;

    // Without the lines: KV must have survived too.
    server = await start({});
    await expectInJournal(acknowledged, bridge);
  }

  expect(interruptedWebhooks, "the kills came under load").toBeGreaterThan(KILLS);
  const settling = (): Leg[] =>
    legs.filter((leg) => !leg.ended.aborted && carrier.truth.whereIs(leg.id) === null);
  await expect.poll(settling, { timeout: AGREEMENT_DEADLINE_MS }).toEqual([]);
  await expectAgreement(carrier, bridge);
  const staying = CONFERENCES.map((name) => carrier.truth.present(name).size);
  expect(Math.min(...staying), "somebody is in each room").toBeGreaterThan(0);

  for (const leg of legs) leg.hangUp("user");
  await carrier.finished();
  await expectAgreement(carrier, bridge);
  await expectInJournal(acknowledged, bridge);
  expect(carrier.problems).toEqual([]);
});

/** Starts a round's calls, all at once. Some callers hang up soon, others stay until they are told to go. */
function dialMany(carrier: Carrier, random: Random): Leg[] {
  const numbers = Object.keys(LINES);
  return Array.from({ length: CALLS_A_ROUND }, (_, index) =>
    carrier.dial({
      caller: `4477009001${String(index).padStart(2, "0")}`,
      line: numbers[index % numbers.length] ?? "",
      hangUpAfterMs: random.chance(0.5) ? random.integer(1000, 20_000) : null,
    }),
  );
}

/** Waits until everything that is acknowledged by now is in a journal. */
async function expectInJournal(
  acknowledged: AcknowledgedWebhooks,
  bridge: BridgeApi,
): Promise<void> {
  const missing = acknowledged.journalCheck(bridge, CONFERENCES);
  await expect.poll(missing, { timeout: JOURNAL_DEADLINE_MS, interval: 100 }).toEqual([]);
}

/** Waits until the bridge was told everything and says the truth about every conference. */
async function expectAgreement(carrier: Carrier, bridge: BridgeApi): Promise<void> {
  const disagreements = async (): Promise<unknown[]> => {
    const rulings = await Promise.all(CONFERENCES.map((name) => judge(carrier, bridge, name)));
    return rulings.filter((ruling) => !ruling.settled || ruling.differences.length > 0);
  };
  await expect.poll(disagreements, { timeout: AGREEMENT_DEADLINE_MS, interval: 100 }).toEqual([]);
}
