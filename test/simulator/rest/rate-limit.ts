/**
 * The account's limits (Vonage Voice API, troubleshooting guide): new calls have one of their own, everything else
 * shares another. How the platform counts is not documented; here a request passes where fewer than the limit passed
 * in the second before it, and one that was refused does not count.
 */

/** Which of the two limits a request falls under. */
export type RateClass = "newCall" | "other";

/** One account's limits. Servers of several regions share one, as the platform's regions do. */
export interface RateLimiter {
  /** Whether a request may pass at this time, in milliseconds; where it may, it counts. */
  take(kind: RateClass, now: number): boolean;
}

/** Requests a second. */
export const DOCUMENTED_LIMITS: Readonly<Record<RateClass, number>> = { newCall: 3, other: 15 };

const WINDOW_MS = 1000;

export function createRateLimiter(perSecond: Readonly<Record<RateClass, number>>): RateLimiter {
  const passed: Record<RateClass, number[]> = { newCall: [], other: [] };
  return {
    take(kind, now) {
      const recent = passed[kind].filter((at) => now - at < WINDOW_MS);
      const passes = recent.length < perSecond[kind];
      passed[kind] = passes ? [...recent, now] : recent;
      return passes;
    },
  };
}
