/**
 * What `npm run soak` runs: the built Worker, killed under load again and again at moments that chance chose, and a look
 * into its journals after every restart: whatever it had acknowledged must be there.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildWorker } from "../../support/worker-build.ts";
import { temporaryFolder } from "./local-bridge.ts";
import { ProgressBar } from "./progress-bar.ts";
import { Soak } from "./soak-rounds.ts";
import type { SoakReport } from "./soak-rounds.ts";

const HELP = `Usage: npm run soak -- [--restarts N] [--seed TEXT] [--json]

Builds the Worker, runs it on this machine under a load of calls, and kills it (SIGKILL,
the whole process group) at random moments, 100 times unless told otherwise. After each
restart every webhook that it had answered with success must be in a journal within ten
seconds; in the end its counts must agree with the truth. About two seconds a restart.
Exit code 0: nothing was lost, and they agree.
`;

const INTERRUPTED = 130;
const WRONG_USAGE = 2;

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interruption.abort());
}
process.exit(await main(interruption.signal));

async function main(interrupted: AbortSignal): Promise<number> {
  const options = readOptions();
  if (typeof options === "string") {
    console.error(`${options}\n\n${HELP}`);
    return WRONG_USAGE;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const folder = temporaryFolder("soak");
  const worker = path.join(folder, "worker");
  mkdirSync(worker);
  console.log("Building the Worker as it deploys …");
  await buildWorker(worker, interrupted);
  const bar = new ProgressBar(process.stdout);
  const { restarts } = options;
  const soak = new Soak({
    worker,
    stateDir: path.join(folder, "state"),
    seed: options.seed,
    restarts,
  });
  try {
    const report = await soak.run(interrupted, ({ round, acknowledged, interruptedWebhooks }) => {
      const words =
        `${round}/${restarts} restarts, ${acknowledged} webhooks acknowledged, ` +
        `${interruptedWebhooks} unanswered at a kill`;
      bar.show(round / restarts, words, performance.now());
    });
    if (report === null) return INTERRUPTED;
    bar.print(reportLines(report));
    if (options.json) console.log(JSON.stringify(report));
    return report.passed ? 0 : 1;
  } finally {
    await soak.stop();
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h", default: false },
        json: { type: "boolean", default: false },
        restarts: { type: "string", default: "100" },
        seed: { type: "string", default: "soak" },
      },
    });
    const restarts = Number(values.restarts);
    if (!(restarts >= 1 && restarts <= 10_000)) return "--restarts must be 1 to 10000";
    return { ...values, restarts };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function reportLines(report: SoakReport): string[] {
  return [
    `  restarts          ${report.restarts} in ${report.seconds} s`,
    `  webhooks          ${report.acknowledged} acknowledged, ${report.interruptedWebhooks} unanswered at a kill`,
    `  in the journal    after ${report.slowestJournalMs} ms at the latest`,
    ...report.problems.map((problem) => `  PROBLEM           ${problem}`),
    `Soak: ${report.passed ? "PASSED" : "FAILED"}: ${report.lost} acknowledged webhooks lost in ${report.restarts} restarts.`,
  ];
}
