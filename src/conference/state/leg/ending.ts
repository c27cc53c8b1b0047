/** How a leg ended. Only the carrier's terminal statuses end it, reported or looked up, and no later fact takes that back. Pure. */
import { TERMINAL_STATUSES } from "../../../vonage/event.ts";
import { compare, inCanonicalOrder } from "./canonical-order.ts";
import { usableTime, type Clock } from "./usable-time.ts";
import { factKey, type LookUpFact, type StatusFact, type Fact } from "./fact.ts";

export interface Ending {
  /** The time of the earliest terminal status, in milliseconds since the epoch; null where none has a usable time. */
  at: number | null;
  /** The most specific status, with its detail: `busy` says more than the `completed` that follows it. */
  reason: string;
}

const TERMINAL: readonly string[] = TERMINAL_STATUSES;

export function isTerminal(fact: Fact): fact is StatusFact | LookUpFact {
  return (fact.type === "status" || fact.type === "look-up") && TERMINAL.includes(fact.status);
}

/** Orders terminal statuses, the most specific first. */
export function bySpecificity(a: Fact, b: Fact): number {
  return compare(specificityRank(a), specificityRank(b));
}

function specificityRank(fact: Fact): number {
  if (!isTerminal(fact)) return Number.POSITIVE_INFINITY;
  return TERMINAL.indexOf(fact.status) * 2 + (detailOf(fact) === null ? 1 : 0);
}

function detailOf(fact: StatusFact | LookUpFact): string | null {
  return fact.type === "status" ? fact.detail : null;
}

export function endingOf(facts: readonly Fact[], clock: Clock): Ending | null {
  const terminal = inCanonicalOrder(facts.filter(isTerminal), clock);
  const [best] = terminal
    .filter(isTerminal)
    .toSorted((a, b) => bySpecificity(a, b) || compare(factKey(a), factKey(b)));
  if (best === undefined) return null;
  const times = terminal.map((fact) => usableTime(fact, clock)).filter((time) => time !== null);
  const detail = detailOf(best);
  return {
    at: times[0] ?? null,
    reason: detail === null ? best.status : `${best.status} (${detail})`,
  };
}
