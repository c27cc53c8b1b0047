/**
 * Which times of facts can be used. An unusable time counts as missing. It is never replaced by the time of receipt, which would
 * make the record depend on how the webhook was delivered. Pure.
 */
import { DAY_MS } from "../../../lib/time.ts";
import { writtenTime, type Fact } from "./fact.ts";

/** The carrier's clock may be this far ahead of ours. A fact that is dated later has no usable time yet. */
const AHEAD_MS = 300_000;

/** A call lasts at most a day, the carrier's longest `length_timer`. A time outside of this range is wrong. */
const BEFORE_ADMISSION_MS = DAY_MS;
const AFTER_ADMISSION_MS = 3 * DAY_MS;

/** Milliseconds since the epoch. */
export interface Clock {
  readonly now: number;
  /** The range of possible times of this leg's facts. */
  readonly earliest: number;
  readonly latest: number;
}

/** The clock with which a leg's set is read. The range is taken from our own admission, the one time that is certain. */
export function clockOf(facts: readonly Fact[], now: number): Clock {
  const admissions = facts.flatMap((fact) => (fact.type === "admission" ? [fact.at] : []));
  if (admissions.length === 0) {
    return { now, earliest: Number.NEGATIVE_INFINITY, latest: Number.POSITIVE_INFINITY };
  }
  const admitted = Math.min(...admissions);
  return { now, earliest: admitted - BEFORE_ADMISSION_MS, latest: admitted + AFTER_ADMISSION_MS };
}

/** A fact's time; null where it has none that can be used now. */
export function usableTime(fact: Fact, clock: Clock): number | null {
  const time = possibleTime(fact, clock);
  return time !== null && time <= clock.now + AHEAD_MS ? time : null;
}

/** The moment from which a fact's time can be used; null if it never can, or can already. */
export function usableFrom(fact: Fact, clock: Clock): number | null {
  const time = possibleTime(fact, clock);
  return time !== null && time > clock.now + AHEAD_MS ? time - AHEAD_MS : null;
}

/** The earliest usable time; null where there is none. */
export function firstTime(facts: readonly Fact[], clock: Clock): number | null {
  const times = usableTimes(facts, clock);
  return times.length === 0 ? null : Math.min(...times);
}

/** The latest usable time; null where there is none. */
export function lastTime(facts: readonly Fact[], clock: Clock): number | null {
  const times = usableTimes(facts, clock);
  return times.length === 0 ? null : Math.max(...times);
}

function usableTimes(facts: readonly Fact[], clock: Clock): number[] {
  return facts.map((fact) => usableTime(fact, clock)).filter((time) => time !== null);
}

function possibleTime(fact: Fact, { earliest, latest }: Clock): number | null {
  const time = writtenTime(fact);
  return time !== null && time >= earliest && time <= latest ? time : null;
}
