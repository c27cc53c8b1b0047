/** Total orders of the facts of a leg. None depends on the order in which the facts arrived. Pure. */
import { usableTime, type Clock } from "./usable-time.ts";
import { factKey, writtenTime, type Fact } from "./fact.ts";

const RANK = [
  "admission",
  "started",
  "ringing",
  "answered",
  "human",
  "machine",
  "transfer",
  "disconnected",
];

function rank(fact: Fact): number {
  const index = RANK.indexOf(fact.type === "status" ? fact.status : fact.type);
  return index === -1 ? RANK.length : index;
}

/**
 * The canonical order in which a set is read: by usable time (facts without one sort first), then by the usual order of a
 * call's statuses, then by content. It depends only on the set and the time.
 */
export function inCanonicalOrder<W extends Fact>(facts: readonly W[], clock: Clock): W[] {
  return facts
    .map((fact) => ({
      fact,
      time: usableTime(fact, clock) ?? Number.NEGATIVE_INFINITY,
      rank: rank(fact),
      key: factKey(fact),
    }))
    .toSorted((a, b) => compare(a.time, b.time) || a.rank - b.rank || compare(a.key, b.key))
    .map(({ fact }) => fact);
}

/**
 * Earliest first, by the written time, so that neither the present time nor other facts change the order. Facts without a time
 * come last, here and in `latestFirst`, so that they never displace one with a time.
 */
export function earliestFirst(a: Fact, b: Fact): number {
  const [first, second] = [writtenTime(a), writtenTime(b)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return compare(first, second) || rank(a) - rank(b);
}

/** Latest first. */
export function latestFirst(a: Fact, b: Fact): number {
  const [first, second] = [writtenTime(a), writtenTime(b)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return compare(second, first);
}

/** Smaller first; unlike a subtraction it also orders two infinities. */
export function compare<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
