/**
 * What `npm run demo` runs: the built Worker on this machine, a carrier that plays a dozen callers against its webhooks,
 * and a live comparison of the truth with what the bridge says.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "../support/server.ts";
import type { Server } from "../support/server.ts";
import { buildWorker } from "../support/worker-build.ts";
import { createBridgeApi } from "./bridge-api.ts";
import type { BridgeApi } from "./bridge-api.ts";
import { createClock } from "./clock.ts";
import { CONFERENCES, LINES } from "./demo-cast.ts";
import { Play } from "./demo-play.ts";
import { LiveTable } from "./live-table.ts";
import { judge } from "./referee.ts";
import { Tally } from "./tally.ts";

const HELP = `Usage: npm run demo

Builds the Worker, runs it on this machine with data in a temporary folder, and plays
a minute of calls in about twenty seconds: a dozen callers, three lines, two conferences,
every webhook signed and sent over HTTP, some of them twice, late or out of order.

The table compares the truth (who really is in each conference) with what the bridge
tracks. Exit code 0: they agreed at every settled moment, that is, whenever the bridge
had been told everything, and at the end. Needs no account and no network.
`;

/** A minute of calls takes twenty seconds. */
const SPEED = 3;

/** Real milliseconds between two looks at the bridge. */
const LOOK_INTERVAL_MS = 250;

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** What a shell reports for a program that was called wrongly. */
const WRONG_USAGE = 2;

if (helpIsWanted()) {
  console.log(HELP);
} else {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => interruption.abort());
  }
  // Ends also what an interrupted play still has in the air.
  process.exit(await runDemo(interruption.signal));
}

function helpIsWanted(): boolean {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values.help === true;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(WRONG_USAGE);
  }
}

/** Runs everything and cleans up behind it; returns the exit code. */
async function runDemo(interrupted: AbortSignal): Promise<number> {
  const folder = temporaryFolder();
  let server: Server | null = null;
  try {
    const account = {
      signatureSecret: randomBytes(32).toString("hex"),
      apiKey: "demo0001",
      applicationId: "00000000-0000-4000-8000-000000000001",
    };
    const token = randomBytes(16).toString("hex");
    server = await startBridge(folder, interrupted, {
      VONAGE_SIGNATURE_SECRET: account.signatureSecret,
      VONAGE_API_KEY: account.apiKey,
      VONAGE_APPLICATION_ID: account.applicationId,
      API_TOKEN: token,
    });
    const table = new LiveTable(process.stdout);
    const play = new Play({
      bridgeUrl: server.url,
      account,
      clock: createClock(SPEED),
      note: (line) => table.note(line),
    });
    return await watch(play, createBridgeApi(server.url, token), table, interrupted);
  } catch (error) {
    if (interrupted.aborted) return INTERRUPTED;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await server?.stop();
  }
}

/** A folder that goes with this process, also where Miniflare ends it: it exits by itself on Ctrl-C, after workerd. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "partyline-demo-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function startBridge(
  folder: string,
  interrupted: AbortSignal,
  settings: Record<string, string>,
): Promise<Server> {
  console.log("Building the Worker as it deploys …");
  const worker = path.join(folder, "worker");
  mkdirSync(worker);
  await buildWorker(worker, interrupted);
  console.log("Starting it …");
  const server = await startServer({
    worker,
    stateDir: path.join(folder, "state"),
    port: 0,
    settings,
  });
  for (const [number, value] of Object.entries(LINES)) {
    await server.putLine(number, value);
    console.log(`  line ${number} → ${value}`);
  }
  console.log(
    `The bridge is at ${server.url}; a minute of calls follows, ${SPEED} times as fast.\n`,
  );
  return server;
}

/** Compares until the play is over, then once more; prints the verdict and returns the exit code. */
async function watch(
  play: Play,
  bridge: BridgeApi,
  table: LiveTable,
  interrupted: AbortSignal,
): Promise<number> {
  const tally = new Tally();
  const look = async (): Promise<void> => {
    const rulings = await Promise.all(CONFERENCES.map((name) => judge(play.carrier, bridge, name)));
    for (const ruling of rulings) tally.add(ruling);
    table.show(rulings, play.time(), Date.now());
  };

  const pace = createClock(1);
  const performance = play.perform(interrupted);
  while (!play.isOver) {
    await look();
    if (interrupted.aborted) return INTERRUPTED;
    await pace.wait(LOOK_INTERVAL_MS, interrupted);
  }
  await performance;
  await look();

  const verdict = tally.verdict();
  const { problems } = play;
  console.log(`\n${play.summary()}.`);
  for (const problem of [...verdict.differences, ...problems]) console.log(`  ${problem}`);
  const but = problems.length === 0 ? "" : `, but ${problems.length} webhooks went wrong`;
  console.log(`Verdict: ${verdict.summary}${but}.`);
  return verdict.agreed && problems.length === 0 ? 0 : 1;
}
