/**
 * The carrier's limits, which count the whole account: three new calls a second, fifteen requests a second
 * (Vonage Voice API, troubleshooting guide). Pure: it says when the next request may go out.
 */

/** `create`: new calls, which have a limit of their own and count towards the other too. */
export type RateClass = "create" | "other";

const MOST: Readonly<Record<RateClass, number>> = { create: 3, other: 15 };

/** Requests that go out a second apart arrive a little less apart where the first was held up. */
const WINDOW_MS = 1_100;

/** After a refusal for coming too often; twice as long each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Times in milliseconds since the epoch. */
export interface RateLimit {
  /** When the latest requests went out, oldest first; `other` has those of new calls too. */
  readonly sent: Readonly<Record<RateClass, readonly number[]>>;
  /** Until when nothing of a class goes out. */
  readonly pausedUntil: Readonly<Record<RateClass, number>>;
  /** How often in a row a class was refused. */
  readonly refusals: Readonly<Record<RateClass, number>>;
}

/** `before`: what happened until then is not known, so a whole window is left free after it; null where nothing did. */
export function newRateLimit(before: number | null): RateLimit {
  const until = before === null ? 0 : before + WINDOW_MS;
  return {
    sent: { create: [], other: [] },
    pausedUntil: { create: until, other: until },
    refusals: { create: 0, other: 0 },
  };
}

/** When the next request of this class may go out: `now`, or later. */
export function nextSlot(pace: RateLimit, kind: RateClass, now: number): number {
  const free = (of: RateClass): number => {
    const sent = pace.sent[of];
    return sent.length < MOST[of] ? 0 : (sent[sent.length - MOST[of]] ?? 0) + WINDOW_MS;
  };
  return Math.max(now, pace.pausedUntil[kind], free("other"), kind === "create" ? free(kind) : 0);
}

/** A request goes out now. */
export function taken(pace: RateLimit, kind: RateClass, now: number): RateLimit {
  const and = (of: RateClass): readonly number[] => [...pace.sent[of], now].slice(-MOST[of]);
  const { create } = pace.sent;
  return {
    ...pace,
    sent: { create: kind === "create" ? and("create") : create, other: and("other") },
  };
}

/** The carrier refused a request for coming too often: somebody else uses the account too. */
export function refused(pace: RateLimit, kind: RateClass, now: number): RateLimit {
  // Those that were under way together were refused together, and are one refusal.
  if (now < pace.pausedUntil[kind]) return pace;
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** pace.refusals[kind], LONGEST_PAUSE_MS);
  return {
    ...pace,
    pausedUntil: { ...pace.pausedUntil, [kind]: now + pause },
    refusals: { ...pace.refusals, [kind]: pace.refusals[kind] + 1 },
  };
}

/** The carrier took a request. */
export function accepted(pace: RateLimit, kind: RateClass): RateLimit {
  if (pace.refusals[kind] === 0) return pace;
  return { ...pace, refusals: { ...pace.refusals, [kind]: 0 } };
}
