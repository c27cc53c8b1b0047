/** Moments, in milliseconds since the epoch, and spans of them. Pure. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The number of the UTC day that a moment falls into. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** The moment at which a day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS;
}

/** The earliest of the moments that there are; null where there are none. */
export function earliest(moments: readonly (number | null)[]): number | null {
  const coming = moments.filter((moment) => moment !== null);
  return coming.length === 0 ? null : Math.min(...coming);
}

/** ISO 8601, or null. */
export function iso(time: number): string;
export function iso(time: number | null): string | null;
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
