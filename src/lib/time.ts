/** Points in time, in milliseconds since the epoch, and durations. Pure. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The number of the UTC day, counted from the epoch. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** When a day begins. */
export function startOfDay(day: number): number {
  return day * DAY_MS;
}

/** The earliest of the given times; null if all are null. */
export function earliest(times: readonly (number | null)[]): number | null {
  const given = times.filter((time) => time !== null);
  return given.length === 0 ? null : Math.min(...given);
}

/** ISO 8601, or null. */
export function iso(time: number): string;
export function iso(time: number | null): string | null;
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
