/** The result of a run: an object for programs, and a few lines for people. */
import { percentiles } from "../webhooks/account-book.ts";
import type { AccountBook, Percentiles } from "../webhooks/account-book.ts";
import type { Carrier } from "../carrier/carrier.ts";
import type { Ruling } from "./referee.ts";
import type { SimulationPlan } from "./simulation-plan.ts";
import { GREETING_CHARACTERS_PER_SECOND, UNCONFIRMED_MS } from "./testimony.ts";
import type { Sightings } from "./watch.ts";

export interface Report {
  readonly scenario: string;
  readonly seed: string;
  readonly calls: number;
  /** Accepted by the bridge, each counted once. */
  readonly webhooks: number;
  /** Nobody missing, no ghosts, nobody unanswered, and every difference on the way gone in time. */
  readonly agree: boolean;
  /** The largest difference between count and truth while the bridge had been told everything; and at any moment. */
  readonly maxError: number;
  readonly maxLag: number;
  /** From the webhook that tells to the answer that knows; real milliseconds. Null where nothing was measured. */
  readonly settleMs: Percentiles | null;
  /** How long a caller waits for the answer webhook; real milliseconds. */
  readonly answerMs: Percentiles | null;
  /** Legs that are missing, and that should be gone, in the end. */
  readonly missing: number;
  readonly ghosts: number;
  /** How many legs were in when the calls stopped, how many the bridge counted, and how many it could not know yet. */
  readonly staying: { readonly truth: number; readonly tracked: number; readonly pending: number };
  /** The most legs that were wrong at once within a documented bound, and the bounds that held. */
  readonly excused: number;
  readonly bounds: readonly string[];
  /** Events that the carrier kept to itself, by name. */
  readonly withheld: Readonly<Record<string, number>>;
  readonly looks: number;
  readonly settledLooks: number;
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** More of them say nothing new. */
const MOST_PROBLEMS = 20;

export function createReport(run: {
  plan: SimulationPlan;
  carrier: Carrier;
  book: AccountBook;
  sightings: Sightings;
  staying: readonly Ruling[];
  left: readonly Ruling[];
  /** What the scenario expected and did not see, in words. */
  disappointments: readonly string[];
  seconds: number;
}): Report {
  const { plan, carrier, book, sightings, staying, left, disappointments } = run;
  const atTheEnd = [...staying, ...left].flatMap(({ conference, differences }) =>
    differences.map((difference) => `${conference} ${difference}`),
  );
  const problems = [
    ...new Set([
      ...sightings.faults,
      ...atTheEnd,
      ...carrier.problems,
      ...disappointments,
      ...book.refused,
      ...sightings.neverInhabited.map((name) => `${name}: nobody was ever in it`),
    ]),
  ];
  return {
    scenario: plan.name,
    seed: plan.seed,
    calls: carrier.legs.size,
    webhooks: book.accepted,
    agree: problems.length === 0,
    maxError: sightings.maxError,
    maxLag: sightings.maxLag,
    settleMs: percentiles(sightings.settleMs),
    answerMs: percentiles(book.answerMs),
    missing: sum(({ missing }) => missing.length, [...staying, ...left]),
    ghosts: sum(({ ghosts, excused }) => ghosts.length + excused.length, left),
    staying: {
      truth: sum(({ truth }) => truth, staying),
      tracked: sum(({ tracked }) => tracked ?? 0, staying),
      pending: sum(({ pending }) => pending, staying),
    },
    excused: sightings.maxExcused,
    bounds: statedBounds(book, plan),
    withheld: Object.fromEntries(book.withheld),
    looks: sightings.looks,
    settledLooks: sightings.settledLooks,
    seconds: Math.round(run.seconds * 10) / 10,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

/** The bounds that apply where a webhook was never sent, so that no bridge can be exact. */
function statedBounds(book: AccountBook, plan: SimulationPlan): string[] {
  const hours = plan.bounds.maxCallMs / 3_600_000;
  const longest = hours < 1 ? `${Math.round(hours * 60)} min` : `${hours} h`;
  const count = (name: string): number => book.withheld.get(name) ?? 0;
  return [
    ...(count("completed") > 0
      ? [
          `${count("completed")} \`completed\` never sent: such a caller may count for ${longest} after the last sign of life`,
        ]
      : []),
    ...(count("transfer") > 0
      ? [
          `${count("transfer")} \`transfer\` never sent: such a caller may be missing until ${UNCONFIRMED_MS / 1000} s ` +
            `and a greeting at ${GREETING_CHARACTERS_PER_SECOND} characters a second after \`answered\` and being let in`,
        ]
      : []),
    ...(count("answered") > 0 && count("transfer") > 0
      ? ["where `answered` and `transfer` are both missing, nothing can tell that the caller is in"]
      : []),
  ];
}

/** The report in words. */
export function reportLines(report: Report): string[] {
  const { staying } = report;
  return [
    `  calls             ${report.calls} in ${report.seconds} s, ${report.webhooks} webhooks accepted`,
    `  answer webhook    ${ms(report.answerMs)}`,
    `  told to counted   ${ms(report.settleMs)}`,
    `  looks             ${report.looks}, of them ${report.settledLooks} while the bridge had been told everything`,
    `  largest error     ${report.maxError} when told everything, ${report.maxLag} while webhooks were on their way`,
    `  in at the peak    ${staying.truth} in truth, ${staying.tracked} counted, ${staying.pending} with webhooks held back`,
    `  in the end        ${report.missing} missing, ${report.ghosts} that should be gone`,
    ...(report.excused === 0
      ? []
      : [`  within bounds     at most ${report.excused} wrong at once`]),
    ...report.bounds.map((bound) => `  bound             ${bound}`),
    ...report.problems.map((problem) => `  PROBLEM           ${problem}`),
    `Verdict: the bridge ${report.agree ? "agrees" : "DOES NOT AGREE"} with the truth (${report.scenario}, seed ${report.seed}).`,
  ];
}

function sum(count: (ruling: Ruling) => number, rulings: readonly Ruling[]): number {
  return rulings.reduce((total, ruling) => total + count(ruling), 0);
}

function ms(times: Percentiles | null): string {
  return times === null ? "not measured" : `p50 ${times.p50} ms, p99 ${times.p99} ms`;
}
