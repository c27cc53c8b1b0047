/** What `npm run conformance` runs: everything that a bridge must get right, at the built Worker, over HTTP. */
import { parseArgs } from "node:util";
import {
  SCENARIO_ROWS,
  SHORT_MAX_CALL_HOURS,
  SILENCE_ROWS,
  SLOW_ROWS,
} from "./conformance-cases.ts";
import type { Row } from "./conformance-cases.ts";
import { runConformance, tableLines } from "./conformance-run.ts";
import type { Finding } from "./conformance-run.ts";
import { startLocalBridge, temporaryFolder } from "./local-bridge.ts";
import { ProgressBar } from "./progress-bar.ts";
import { buildWorker } from "../../support/worker-build.ts";

const HELP = `Usage: npm run conformance -- [--seeds N] [--only TEXT] [--at-once N] [--json]

Builds the Worker, runs it on this machine, and plays every scenario under every kind of
delivery, every silence of the carrier's documents, and losses, with 20 seeds each; about a
quarter of an hour on two cores. --only takes the rows whose name contains the text.
Exit code 0: the bridge agreed with the truth in every run.
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
  const all: readonly Row[] = [...SLOW_ROWS, ...SILENCE_ROWS, ...SCENARIO_ROWS];
  const rows = all.filter(({ name }) => name.includes(options.only));
  console.log("Building the Worker as it deploys, and starting it twice …");
  const worker = await buildWorker(temporaryFolder("worker"), interrupted);
  const usual = await startLocalBridge({ name: "usual", worker, interrupted });
  const short = await startLocalBridge({
    name: "short",
    worker,
    interrupted,
    settings: { MAX_CALL_HOURS: String(SHORT_MAX_CALL_HOURS) },
  });
  try {
    const bar = new ProgressBar(process.stdout);
    const findings = await runConformance({
      rows,
      seeds: options.seeds,
      atOnce: options.atOnce,
      slowAtOnce: 2 * options.atOnce,
      targets: { usual, short },
      interrupted,
      onFinding: (finding, done, of) => {
        if (!finding.report.agree) bar.print(complaint(finding));
        bar.show(done / of, `${done}/${of} runs`, performance.now());
      },
    });
    if (interrupted.aborted) return INTERRUPTED;
    bar.print(["", ...tableLines(findings), ""]);
    return conclude(findings, options.json);
  } finally {
    await usual.stop();
    await short.stop();
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean", short: "h", default: false },
        json: { type: "boolean", default: false },
        seeds: { type: "string", default: "20" },
        only: { type: "string", default: "" },
        "at-once": { type: "string", default: "6" },
      },
    });
    const [seeds, atOnce] = [Number(values.seeds), Number(values["at-once"])];
    if (!(seeds >= 1 && seeds <= 1000 && atOnce >= 1 && atOnce <= 64)) {
      return "--seeds must be 1 to 1000, --at-once 1 to 64";
    }
    return { ...values, seeds, atOnce };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function complaint({ row, seed, report }: Finding): string[] {
  return [
    `DOES NOT AGREE: ${row.name}, seed ${seed}`,
    ...report.problems.slice(0, 5).map((problem) => `  ${problem}`),
  ];
}

function conclude(findings: readonly Finding[], json: boolean): number {
  const sum = (of: (finding: Finding) => number): number =>
    findings.reduce((all, each) => all + of(each), 0);
  const agreeing = sum(({ report }) => (report.agree ? 1 : 0));
  const exact = findings.filter(
    ({ report }) => report.excused === 0 && Object.keys(report.withheld).length === 0,
  );
  const verdict = {
    runs: findings.length,
    exactRuns: exact.length,
    agree: agreeing === findings.length && findings.length > 0,
    disagreeing: findings.length - agreeing,
    calls: sum(({ report }) => report.calls),
    webhooks: sum(({ report }) => report.webhooks),
    looks: sum(({ report }) => report.looks),
    /** While everything was told that there was to tell. */
    maxError: Math.max(0, ...exact.map(({ report }) => report.maxError)),
    ghosts: sum(({ report }) => report.ghosts),
    withheldCompleted: sum(({ report }) => report.withheld["completed"] ?? 0),
  };
  console.log(
    `Conformance: ${verdict.agree ? "PASSED" : "FAILED"}: ${agreeing} of ${verdict.runs} runs agree ` +
      `(${verdict.calls} calls, ${verdict.webhooks} webhooks, ${verdict.withheldCompleted} \`completed\` never sent, ` +
      `${verdict.ghosts} ghosts left; largest error with nothing lost ${verdict.maxError}).`,
  );
  if (json) console.log(JSON.stringify(verdict));
  return verdict.agree ? 0 : 1;
}
