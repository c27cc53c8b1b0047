/** Kills a bridge under load, round after round, and checks after each that nothing it acknowledged is lost. */
import { freePort } from "../../support/loopback.ts";
import { startServerProcess } from "../../support/server-process.ts";
import type { ServerProcess } from "../../support/server-process.ts";
import { createApplication } from "../webhooks/application.ts";
import { createBridgeApi } from "../referee/bridge-api.ts";
import type { BridgeApi } from "../referee/bridge-api.ts";
import { Carrier } from "../carrier/carrier.ts";
import { createClock } from "../carrier/clock.ts";
import { AcknowledgedWebhooks } from "../referee/journal-check.ts";
import type { Leg } from "../carrier/leg.ts";
import { NO_MISCHIEF } from "../chaos/webhook-queue.ts";
import { createRandom } from "../carrier/random.ts";
import type { Random } from "../carrier/random.ts";
import { judge } from "../referee/referee.ts";
import { PATIENT_RETRY } from "../webhooks/retry.ts";
import { callerNumber } from "../scenarios/stage.ts";
import { Traffic } from "../webhooks/traffic.ts";

export interface SoakOptions {
  /** The folder that `buildWorker` filled. */
  readonly worker: string;
  readonly stateDir: string;
  readonly seed: string;
  readonly restarts: number;
}

export interface SoakProgress {
  readonly round: number;
  readonly acknowledged: number;
  /** Webhooks that were sent and not answered when the bridge was killed. */
  readonly interruptedWebhooks: number;
}

export interface SoakReport {
  readonly seed: string;
  readonly restarts: number;
  readonly acknowledged: number;
  readonly interruptedWebhooks: number;
  /** Acknowledged webhooks that were in no journal ten seconds after a restart. */
  readonly lost: number;
  readonly slowestJournalMs: number;
  readonly passed: boolean;
  readonly problems: readonly string[];
  readonly seconds: number;
}

const LINES = {
  "14155550100": "standup",
  "14155550101": JSON.stringify({ conference: "town-hall", greeting: "Welcome." }),
};
const CONFERENCES = ["standup", "town-hall"];

const ACCOUNT = {
  signatureSecret: "soak-secret-0123456789abcdef0123456789",
  apiKey: "soak0001",
  applicationId: "00000000-0000-4000-8000-000000000004",
};
const API_TOKEN = "soak-token";

/** Call seconds in a second, and how the application is called: the other way round than by default. */
const SPEED = 8;
const METHODS = { answer: "POST", fallback: "POST", event: "GET" } as const;

const CALLS_A_ROUND = 8;

/** Real milliseconds: until an acknowledged webhook must be in the journal, and until the counts must be right. */
const JOURNAL_DEADLINE_MS = 10_000;
const AGREEMENT_DEADLINE_MS = 30_000;
const POLL_MS = 50;

export class Soak {
  readonly #options: SoakOptions;
  #server: ServerProcess | null = null;

  constructor(options: SoakOptions) {
    this.#options = options;
  }

  /** Ends the bridge, if it runs. */
  async stop(): Promise<void> {
    await this.#server?.kill();
  }

  /** Does all rounds, then compares the counts; null where it was interrupted. */
  async run(
    interrupted: AbortSignal,
    onProgress: (progress: SoakProgress) => void,
  ): Promise<SoakReport | null> {
    const { seed, restarts } = this.#options;
    const startedAt = performance.now();
    const random = createRandom(seed);
    const port = await freePort(Array.from({ length: 20 }, () => random.integer(20_000, 30_000)));
    let server = await this.#start(port, LINES);
    const bridge = createBridgeApi(server.url, API_TOKEN);
    const acknowledged = new AcknowledgedWebhooks();
    const traffic = new Traffic();
    const carrier = new Carrier({
      application: createApplication(server.url, ACCOUNT, METHODS),
      clock: createClock(SPEED),
      random,
      retry: PATIENT_RETRY,
      mischief: NO_MISCHIEF,
      onNews: (news) => {
        traffic.hear(news);
        if (news.type === "accepted") acknowledged.add(news.webhook);
      },
    });

    const lost = new Set<string>();
    let slowestJournalMs = 0;
    let interruptedWebhooks = 0;
    for (let round = 1; round <= restarts && !interrupted.aborted; round += 1) {
      const chance = random.branch(`round ${round}`);
      const moment = traffic.afterSending(chance.integer(2, 45));
      dialMany(carrier, chance);
      await moment;
      // Not always at the moment of sending, but also while the bridge is at work or answering.
      await createClock(1).wait(chance.integer(0, 25));
      await server.kill();
      interruptedWebhooks += traffic.inFlight;
      server = await this.#start(port, {});

      const check = acknowledged.journalCheck(bridge, CONFERENCES);
      const journal = await poll(check, (missing) => missing.length === 0, JOURNAL_DEADLINE_MS);
      slowestJournalMs = Math.max(slowestJournalMs, journal.ms);
      for (const webhook of journal.last) lost.add(webhook);
      onProgress({ round, acknowledged: acknowledged.size, interruptedWebhooks });
    }
    if (interrupted.aborted) return null;

    const problems = [
      ...[...lost].map((webhook) => `lost: ${webhook}`),
      ...(await disagreements(carrier, bridge)),
    ];
    for (const leg of carrier.legs.values()) leg.hangUp("user");
    await carrier.finished();
    problems.push(...(await disagreements(carrier, bridge)), ...carrier.problems);
    return {
      seed,
      restarts,
      acknowledged: acknowledged.size,
      interruptedWebhooks,
      lost: lost.size,
      slowestJournalMs: Math.round(slowestJournalMs),
      passed: problems.length === 0 && interruptedWebhooks > restarts,
      problems: problems.slice(0, 20),
      seconds: Math.round((performance.now() - startedAt) / 1000),
    };
  }

  async #start(port: number, lines: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const { worker, stateDir } = this.#options;
    const settings = {
      VONAGE_SIGNATURE_SECRET: ACCOUNT.signatureSecret,
      VONAGE_API_KEY: ACCOUNT.apiKey,
      VONAGE_APPLICATION_ID: ACCOUNT.applicationId,
      API_TOKEN,
    };
    this.#server = await startServerProcess({ worker, stateDir, port, settings }, lines);
    return this.#server;
  }
}

/** Starts a round's calls. Most callers hang up after a while, some stay until they are told to go. */
function dialMany(carrier: Carrier, random: Random): void {
  const numbers = Object.keys(LINES);
  for (let index = 0; index < CALLS_A_ROUND; index += 1) {
    carrier.dial({
      caller: callerNumber(index),
      line: numbers[index % numbers.length] ?? "",
      hangUpAfterMs: random.chance(0.9) ? random.integer(1000, 30_000) : null,
    });
  }
}

/** Waits until the bridge was told everything and says the truth; what it still gets wrong after that time. */
async function disagreements(carrier: Carrier, bridge: BridgeApi): Promise<string[]> {
  const look = async (): Promise<string[]> => {
    const rulings = await Promise.all(CONFERENCES.map((name) => judge(carrier, bridge, name)));
    return [
      ...[...carrier.legs.values()].filter(isOnTheWay).map(({ id }) => `leg ${id} never arrived`),
      ...rulings.flatMap(({ conference, differences, settled }) => [
        ...differences.map((difference) => `${conference} ${difference}`),
        ...(settled ? [] : [`${conference} was not told everything`]),
      ]),
    ];
  };
  return (await poll(look, (wrong) => wrong.length === 0, AGREEMENT_DEADLINE_MS)).last;
}

function isOnTheWay(leg: Leg): boolean {
  return !leg.ended.aborted && !leg.hasArrived;
}

/** Asks until the answer is good enough or time is up; the last answer, and after how many real milliseconds. */
async function poll<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  deadlineMs: number,
): Promise<{ last: T; ms: number }> {
  const startedAt = performance.now();
  const pace = createClock(1);
  for (;;) {
    const last = await ask();
    const ms = performance.now() - startedAt;
    if (isGood(last) || ms >= deadlineMs) return { last, ms };
    await pace.wait(POLL_MS);
  }
}
