/**
 * The end of a room: hanging up on those whom the last moderator left behind, and again where the carrier did not. Pure.
 */
import type { Meeting } from "./meeting.ts";

/** Those who were left when a room ended, as long as some of them may still be up. */
export interface Clearing {
  /** When the room ended, in milliseconds since the epoch. */
  since: number;
  legs: readonly string[];
  /** How often the carrier was asked to hang up. */
  tries: number;
  /** When those who are still up are looked at again, in milliseconds since the epoch. */
  nextAt: number;
}

/** The carrier carries an order out within seconds or never; the outbox itself tries for an hour to give it. */
const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 30_000;

export interface HangUp {
  legs: readonly string[];
  /** What tells this try from another, so that asking twice hangs up once. */
  key: string;
  /** The meeting once it was asked for. */
  after: Meeting;
}

/** What is to be asked of the carrier now, if anything. `up`: the legs on which somebody can act. */
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
  if (left.length === 0 || tries === MOST_TRIES) return null;
  return { ...clearing, legs: left, tries, nextAt: now + FIRST_PAUSE_MS * 2 ** clearing.tries };
}
