/** Runs conformance cases, several at once, and adds up what they showed. */
import { planOf } from "./conformance-cases.ts";
import type { Row } from "./conformance-cases.ts";
import type { Report } from "../referee/report.ts";
import { simulate } from "../referee/simulation.ts";
import type { Target } from "../referee/simulation-plan.ts";

export interface Finding {
  readonly row: Row;
  readonly seed: number;
  readonly report: Report;
}

export interface ConformanceOptions {
  readonly rows: readonly Row[];
  readonly seeds: number;
  /** How many runs go on at once; slow ones, which mostly wait, come on top. */
  readonly atOnce: number;
  readonly slowAtOnce: number;
  /** `short` gives silent legs up after a minute; lossy rows need it. */
  readonly targets: { readonly usual: Target; readonly short: Target };
  readonly interrupted: AbortSignal;
  /** Hears of each run as it ends. */
  readonly onFinding: (finding: Finding, done: number, all: number) => void;
}

interface Case {
  readonly row: Row;
  readonly seed: number;
  readonly index: number;
}

/** Everything that was found, or what there is of it where it was interrupted. */
export async function runConformance(options: ConformanceOptions): Promise<Finding[]> {
  const { rows, seeds, targets } = options;
  const cases = Array.from({ length: seeds }, (_, seed) =>
    rows.map((row) => ({ row, seed: seed + 1 })),
  )
    .flat()
    .map((each, index): Case => ({ ...each, index }));
  const findings: Finding[] = [];
  const work = async (queue: Case[]): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { row, seed, index } = next;
      if (options.interrupted.aborted) return;
      const target = row.isLossy === true ? targets.short : targets.usual;
      const report = await simulate(planOf(row, seed, index), target, {
        interrupted: options.interrupted,
        onProgress: () => undefined,
      });
      if (report === null) return;
      const finding = { row, seed, report };
      findings.push(finding);
      options.onFinding(finding, findings.length, cases.length);
    }
  };
  const slow = cases.filter(({ row }) => row.isSlow === true);
  const quick = cases.filter(({ row }) => row.isSlow !== true);
  await Promise.all([
    ...Array.from({ length: options.atOnce }, () => work(quick)),
    ...Array.from({ length: options.slowAtOnce }, () => work(slow)),
  ]);
  return findings;
}

/** One line for each row that was tried. */
export function tableLines(findings: readonly Finding[]): string[] {
  const rows = [...new Set(findings.map(({ row }) => row))];
  const head = [
    "",
    "runs",
    "agree",
    "calls",
    "webhooks",
    "at the peak",
    "max error",
    "settle p99",
    "within bound",
  ];
  const lines = rows.map((row) => {
    const reports = findings.filter((each) => each.row === row).map(({ report }) => report);
    const sum = (of: (report: Report) => number): number =>
      reports.reduce((all, each) => all + of(each), 0);
    const most = (of: (report: Report) => number): number =>
      Math.max(...reports.map((each) => of(each)));
    return [
      row.name,
      String(reports.length),
      String(reports.filter(({ agree }) => agree).length),
      String(sum(({ calls }) => calls)),
      String(sum(({ webhooks }) => webhooks)),
      String(sum(({ staying }) => staying.truth)),
      String(most(({ maxError }) => maxError)),
      `${Math.round(most(({ settleMs }) => settleMs?.p99 ?? 0))} ms`,
      String(most(({ excused }) => excused)),
    ];
  });
  return [head, ...lines].map((cells) => {
    const [name = "", ...numbers] = cells;
    return `  ${name.padEnd(32)}${numbers.map((cell) => cell.padStart(13)).join("")}`;
  });
}
