/** What `npm run simulate` runs: a carrier against a bridge, and a verdict. */
import type { Carrier } from "../carrier/carrier.ts";
import { startLocalBridge, temporaryFolder } from "./local-bridge.ts";
import type { LocalBridge } from "./local-bridge.ts";
import { ProgressBar } from "./progress-bar.ts";
import { reportLines } from "../referee/report.ts";
import { readPublicKey, writeKeyPair } from "../rest/application-key.ts";
import { serveCarrier } from "../rest/carrier-server.ts";
import { HELP } from "./simulate-help.ts";
import { readOptions } from "./simulate-options.ts";
import type { RestOptions, SimulateOptions } from "./simulate-options.ts";
import { simulate } from "../referee/simulation.ts";
import type { Progress } from "../referee/simulation.ts";
import type { Target } from "../referee/simulation-plan.ts";

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
    const rest = options.rest && prepareRest(options.rest);
    if (options.url === null) bridge = await startBridge(options, interrupted);
    const target = bridge ?? remote(options, options.url ?? "");
    return await run(options, target, rest, interrupted);
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

interface RestSide {
  readonly port: number;
  readonly publicKey: string;
  /** Where the key was read from, or where the private one was written to. */
  readonly keyFile: string;
}

function prepareRest({ port, keyFile }: RestOptions): RestSide {
  if (keyFile !== null) return { port, keyFile, publicKey: readPublicKey(keyFile) };
  const { publicKey, privateKeyFile } = writeKeyPair(temporaryFolder("rest"));
  return { port, publicKey, keyFile: privateKeyFile };
}

async function run(
  { plan, json }: SimulateOptions,
  target: Target,
  rest: RestSide | null,
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
  const onCarrier = async (carrier: Carrier): Promise<() => Promise<void>> => {
    if (rest === null) return async () => undefined;
    const { applicationId } = target.account;
    const numbers = plan.lines.map(({ number }) => number);
    const server = await serveCarrier(carrier, { ...rest, applicationId, numbers });
    bar.print([
      `REST side at ${server.url}, for tokens of application ${applicationId}`,
      `that are signed with the key of ${rest.keyFile}.`,
    ]);
    return () => server.stop();
  };
  const report = await simulate(plan, target, { interrupted, onProgress, onCarrier });
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
