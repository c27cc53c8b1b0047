/**
 * The end of a room: hang up on those who remain after the last moderator has left, and again on those on whom the carrier did not
 * hang up. Pure.
 */
import type { Clearing, Meeting } from "./meeting.ts";

/** The carrier executes a command within seconds or never. The outbox itself tries for an hour to deliver one. */
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;

export interface HangUp {
  legs: readonly string[];
  /** Identifies this try, so that repeating the request hangs up once. */
  key: string;
  /** The meeting after the request. */
  after: Meeting;
}

/** The hang-up that is due now; null where none is. `up`: the legs that have not left. */
export function hangUpDue(meeting: Meeting, up: readonly string[], now: number): HangUp | null {
  const { endsAt } = meeting;
  if (endsAt !== null && endsAt <= now) {
    const clearing = asked({ since: endsAt, legs: up, tries: 0, nextAt: now }, up, now);
    const after = { ...meeting, hosted: false, endsAt: null, clearing };
    return { legs: up, key: `end ${endsAt}`, after };
  }
  if (meeting.clearing === null || meeting.clearing.nextAt > now) return null;
  const { clearing } = meeting;
  const left = clearing.legs.filter((leg) => up.includes(leg));
  const key = `end ${clearing.since} again ${clearing.tries}`;
  return { legs: left, key, after: { ...meeting, clearing: asked(clearing, left, now) } };
}

function asked(clearing: Clearing, left: readonly string[], now: number): Clearing | null {
  const tries = clearing.tries + 1;
  if (left.length === 0 || tries === MAX_TRIES) return null;
  return { ...clearing, legs: left, tries, nextAt: now + FIRST_PAUSE_MS * 2 ** clearing.tries };
}
