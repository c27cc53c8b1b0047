/**
 * The carrier's rate limits, which count the whole account: three new calls per second, and fifteen requests per second
 * (Vonage Voice API, troubleshooting guide). Pure: it tells when the next request may be sent.
 */

/** `create`: new calls, which have a limit of their own and also count towards the other one. */
export type RateClass = "create" | "other";

const MAX_PER_SECOND: Readonly<Record<RateClass, number>> = { create: 3, other: 15 };

/** More than a second: if the first of several requests is delayed on its way, they arrive closer together than they were sent. */
const WINDOW_MS = 1_100;

/** The pause after a 429. It doubles with each one in a row. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Times in milliseconds since the epoch. */
export interface RateLimit {
  /** When the latest requests were sent, oldest first. `other` includes new calls. */
  readonly sent: Readonly<Record<RateClass, readonly number[]>>;
  /** No request of the class is sent before this. */
  readonly pausedUntil: Readonly<Record<RateClass, number>>;
  /** How many requests of the class were throttled in a row. */
  readonly throttled: Readonly<Record<RateClass, number>>;
}

/** `before`: it is not known what was sent until then, so a whole window is left free after it; null if nothing was. */
export function newRateLimit(before: number | null): RateLimit {
  const until = before === null ? 0 : before + WINDOW_MS;
  return {
    sent: { create: [], other: [] },
    pausedUntil: { create: until, other: until },
    throttled: { create: 0, other: 0 },
  };
}

/** When the next request of this class may be sent: `now`, or later. */
export function nextSlot(limit: RateLimit, kind: RateClass, now: number): number {
  const free = (of: RateClass): number => {
    const sent = limit.sent[of];
    const most = MAX_PER_SECOND[of];
    return sent.length < most ? 0 : (sent[sent.length - most] ?? 0) + WINDOW_MS;
  };
  return Math.max(now, limit.pausedUntil[kind], free("other"), kind === "create" ? free(kind) : 0);
}

/** The limit after a request was sent. */
export function afterSend(limit: RateLimit, kind: RateClass, now: number): RateLimit {
  const and = (of: RateClass): readonly number[] =>
    [...limit.sent[of], now].slice(-MAX_PER_SECOND[of]);
  const { create } = limit.sent;
  return {
    ...limit,
    sent: { create: kind === "create" ? and("create") : create, other: and("other") },
  };
}

/** The limit after a 429: somebody else uses the account too. */
export function afterThrottling(limit: RateLimit, kind: RateClass, now: number): RateLimit {
  // Requests that were under way at the same time are throttled together, and count once.
  if (now < limit.pausedUntil[kind]) return limit;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** limit.throttled[kind], LONGEST_PAUSE_MS);
  return {
    ...limit,
    pausedUntil: { ...limit.pausedUntil, [kind]: now + pause },
    throttled: { ...limit.throttled, [kind]: limit.throttled[kind] + 1 },
  };
}

/** The limit after any other reply. */
export function afterReply(limit: RateLimit, kind: RateClass): RateLimit {
  if (limit.throttled[kind] === 0) return limit;
  return { ...limit, throttled: { ...limit.throttled, [kind]: 0 } };
}
