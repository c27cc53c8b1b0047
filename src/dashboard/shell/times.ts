/** Times and durations in words. Pure, except for the reader's language and time zone. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units: `42 s`, `12 min`, `1 h 05 min`, `2 d 3 h`. */
export function lengthOf(ms: number): string {
  const length = Math.max(0, ms);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  const [days, hours] = [Math.floor(length / DAY), Math.floor((length % DAY) / HOUR)];
  if (days > 0) return `${days} d ${hours} h`;
  return `${hours} h ${String(Math.floor((length % HOUR) / MINUTE)).padStart(2, "0")} min`;
}

/** A shorter time is shown as “just now”: a counter of single seconds helps nobody. */
const JUST_NOW_MS = 5 * SECOND;

export function agoOf(ms: number): string {
  return ms < JUST_NOW_MS ? "just now" : `${lengthOf(ms)} ago`;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const DATE_AND_CLOCK = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "medium",
});

/** The time of day, with the date unless it is today. */
export function momentOf(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (isToday ? CLOCK : DATE_AND_CLOCK).format(at);
}

export function fullMomentOf(at: number): string {
  return DATE_AND_CLOCK.format(at);
}
