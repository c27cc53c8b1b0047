/** The order in which a set is read, whatever the order in which its members came. */
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
 * The canonical order in which a set is read: by usable time (none sorts first), then by the order in which a call
 * goes, then by content. It depends on nothing but the set and the time.
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
 * The earliest first, by the time as it is written, so that no moment and no other member changes the order. One without a
 * time comes last, here as in `latestFirst`: it must not push out one that has one.
 */
export function earliestFirst(a: Fact, b: Fact): number {
  const [first, second] = [writtenTime(a), writtenTime(b)];
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  return compare(first, second) || rank(a) - rank(b);
}

/** The latest first. */
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
