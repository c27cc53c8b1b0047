/**
 * What `npm run demo` runs: the built Worker on this machine, a carrier that plays a dozen callers against its webhooks,
 * and a live comparison of the truth with what the bridge says.
 */
import { parseArgs } from "node:util";
import { createBridgeApi } from "../referee/bridge-api.ts";
import type { BridgeApi } from "../referee/bridge-api.ts";
import { createClock } from "../carrier/clock.ts";
import { CONFERENCES, LINES } from "./demo-cast.ts";
import { Play } from "./demo-play.ts";
import { startLocalBridge } from "./local-bridge.ts";
import type { LocalBridge } from "./local-bridge.ts";
import { LiveTable } from "./live-table.ts";
import { judge } from "../referee/referee.ts";
import { Tally } from "../referee/tally.ts";

const HELP = `Usage: npm run demo [-- --page]

Builds the Worker, runs it on this machine with data in a temporary folder, and plays
a minute of calls in about twenty seconds: a dozen callers, three lines, two conferences,
every webhook signed and sent over HTTP, some of them twice, late or out of order.

The table compares the truth (who really is in each conference) with what the bridge
tracks. Exit code 0: they agreed at every settled moment, that is, whenever the bridge
had been told everything, and at the end. Needs no account and no network.

  --page   serves the page too, says where it is and what to log in with, lets the calls
           take the minute that they take, and stays up after the verdict until Ctrl-C;
           the exit code is the verdict's then too
`;

/** A minute of calls takes twenty seconds; where somebody watches the page, a minute. */
const SPEED = 3;
const SPEED_WITH_PAGE = 1;

/** Real milliseconds between two looks at the bridge. */
const LOOK_INTERVAL_MS = 250;

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** What a shell reports for a program that was called wrongly. */
const WRONG_USAGE = 2;

const { help, page } = readOptions();
if (help) {
  console.log(HELP);
} else {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => interruption.abort());
  }
  // Ends also what an interrupted play still has in the air.
  process.exit(await runDemo(page, interruption.signal));
}

function readOptions(): { help: boolean; page: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h", default: false },
        page: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return process.exit(WRONG_USAGE);
  }
}

/** Runs everything and cleans up behind it; returns the exit code. */
async function runDemo(withPage: boolean, interrupted: AbortSignal): Promise<number> {
  let bridge: LocalBridge | null = null;
  const speed = withPage ? SPEED_WITH_PAGE : SPEED;
  try {
    console.log("Building the Worker as it deploys, and starting it …");
    bridge = await startLocalBridge({ name: "demo", assets: withPage, interrupted });
    for (const [number, value] of Object.entries(LINES)) {
      await bridge.putLine(number, value);
      console.log(`  line ${number} → ${value}`);
    }
    const pace = withPage ? "as fast as calls are" : `${speed} times as fast`;
    console.log(`The bridge is at ${bridge.url}; a minute of calls follows, ${pace}.\n`);
    if (withPage) {
      console.log(`The page: ${bridge.url}/\nLog in with the token ${bridge.token}\n`);
    }
    const table = new LiveTable(process.stdout);
    const play = new Play({
      bridgeUrl: bridge.url,
      account: bridge.account,
      clock: createClock(speed),
      note: (line) => table.note(line),
    });
    const api = createBridgeApi(bridge.url, bridge.token);
    const exitCode = await watch(play, api, table, interrupted);
    if (withPage && !interrupted.aborted) {
      // On Ctrl-C Miniflare ends workerd, and then this process with a code of its own.
      process.once("exit", () => {
        process.exitCode = exitCode;
      });
      console.log(`The page stays up, at ${bridge.url}/, until Ctrl-C.`);
      await untilAborted(interrupted);
    }
    return exitCode;
  } catch (error) {
    if (interrupted.aborted) return INTERRUPTED;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await bridge?.stop();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
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
