/** Medians of alternating rounds. Pure. */
import type { Run } from "./load.ts";

/** A figure over all rounds: the middle one, and the middle half. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Summary {
  readonly p50: Figure;
  readonly p99: Figure;
  readonly perSecond: Figure;
}

export function summary(runs: readonly Run[]): Summary {
  return {
    p50: figure(runs.map(({ latencies }) => quantile(latencies, 0.5))),
    p99: figure(runs.map(({ latencies }) => quantile(latencies, 0.99))),
    perSecond: figure(runs.map(({ latencies, seconds }) => latencies.length / seconds)),
  };
}

/** Ratios round by round, so that what slowed a whole round down does not count. */
export function ratio(of: readonly number[], to: readonly number[]): Figure {
  return figure(of.map((value, round) => value / (to[round] ?? Number.NaN)));
}

export function figure(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  };
}

/** Of sorted values. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
