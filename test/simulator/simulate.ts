/** What `npm run simulate` runs: a carrier against a bridge, and a verdict. */
import { startLocalBridge } from "./local-bridge.ts";
import type { LocalBridge } from "./local-bridge.ts";
import { ProgressBar } from "./progress-bar.ts";
import { reportLines } from "./report.ts";
import { HELP } from "./simulate-help.ts";
import { readOptions } from "./simulate-options.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import { simulate } from "./simulation.ts";
import type { Progress } from "./simulation.ts";
import type { Target } from "./simulation-plan.ts";

/** What a shell reports for a program that Ctrl-C ended, and for one that was called wrongly. */
const INTERRUPTED = 130;
const WRONG_USAGE = 2;

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interruption.abort());
}
// Ends also what an interrupted run still has in the air.
process.exit(await main(interruption.signal));

async function main(interrupted: AbortSignal): Promise<number> {
  let options: SimulateOptions | null;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${message(error)}\nnpm run simulate -- --help says more.`);
    return WRONG_USAGE;
  }
  if (options === null) {
    console.log(HELP);
    return 0;
  }
  let bridge: LocalBridge | null = null;
  try {
    if (options.url === null) bridge = await startBridge(options, interrupted);
    const target = bridge ?? remote(options, options.url ?? "");
    return await run(options, target, interrupted);
  } catch (error) {
    if (interrupted.aborted) return INTERRUPTED;
    console.error(message(error));
    return 1;
  } finally {
    await bridge?.stop();
  }
}

async function startBridge(
  { plan }: SimulateOptions,
  interrupted: AbortSignal,
): Promise<LocalBridge> {
  console.log("Building the Worker as it deploys, and starting it …");
  const settings = { MAX_CALL_HOURS: String(plan.bounds.maxCallMs / 3_600_000) };
  return await startLocalBridge({ name: "simulate", settings, interrupted });
}

function remote(options: SimulateOptions, url: string): Target {
  const { secret, token, apiKey, applicationId } = options;
  if (secret === "") throw new Error("No signature secret: --secret, or VONAGE_SIGNATURE_SECRET");
  if (token === "") throw new Error("No API token: --token, or API_TOKEN");
  const account = { signatureSecret: secret, apiKey, applicationId };
  return { url, token, account, putLine: null };
}

async function run(
  { plan, json }: SimulateOptions,
  target: Target,
  interrupted: AbortSignal,
): Promise<number> {
  const bar = new ProgressBar(process.stdout);
  bar.print([`${plan.name}: ${plan.scenario.about}.`, `At ${target.url}, seed ${plan.seed}.`]);
  const startedAt = performance.now();
  const onProgress = (progress: Progress): void => {
    const perSecond = (progress.webhooks / (performance.now() - startedAt)) * 1000;
    const words =
      `${progress.phase}: ${progress.calls}/${plan.calls} calls, ${progress.up} up, ` +
      `${progress.webhooks} webhooks, ${Math.round(perSecond)}/s`;
    bar.show(progress.calls / plan.calls, words, performance.now());
  };
  const report = await simulate(plan, target, { interrupted, onProgress });
  if (report === null) {
    bar.print(["Interrupted."]);
    return INTERRUPTED;
  }
  bar.print(reportLines(report));
  if (json) console.log(JSON.stringify(report));
  return report.agree ? 0 : 1;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
