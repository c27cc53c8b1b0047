/**
 * What a conference knows of the meeting that is going on beyond its legs: from the first caller who holds a place to
 * the last. Pure.
 */
import type { Participant, Phase } from "./participant.ts";

export interface Meeting {
  /** Whether anybody was there since the meeting began; what an operator set before that waits for them. */
  occupied: boolean;
  locked: boolean;
  /** Callers, as the carrier writes them, who were thrown out and may not come back. */
  banned: readonly string[];
  /** Whether somebody came with whom a room starts whose guests wait. */
  started: boolean;
  /** Whether a moderator came with whose leaving the bridge ends the room. */
  hosted: boolean;
  /** When the room ends since its last such moderator has left, in milliseconds since the epoch; null while it does not. */
  endsAt: number | null;
}

export const NO_MEETING: Meeting = {
  occupied: false,
  locked: false,
  banned: [],
  started: false,
  hosted: false,
  endsAt: null,
};

/** A moderator whose line dropped has so long to dial back. */
export const END_GRACE_MS = 60_000;

/** Whether a leg holds a place in the room: it is there, or expected there. */
export function holdsPlace(phase: Phase): boolean {
  return phase === "expected" || phase === "arriving" || phase === "in";
}

/**
 * The meeting once `live` is all that is known of who is there. `latest`: of whom something was just heard, who may be gone:
 * a moderator's `completed` can overtake the `transfer` that tells that they were there.
 */
export function meetingAfter(
  meeting: Meeting,
  live: readonly Participant[],
  latest: Participant | null,
  now: number,
): Meeting {
  const there = live.filter(({ phase }) => holdsPlace(phase) || phase === "away");
  if (there.length === 0) return meeting.occupied ? NO_MEETING : meeting;
  const hosts = there.filter(({ ends }) => ends);
  const heard = latest !== null && met(latest, there) ? [...there, latest] : there;
  const hosted =
    meeting.hosted ||
    hosts.some(({ phase }) => phase === "in") ||
    heard.some(({ ends, joinedAt }) => ends && joinedAt !== null);
  return {
    ...meeting,
    occupied: true,
    started: meeting.started || heard.some(({ starts, joinedAt }) => starts && joinedAt !== null),
    hosted,
    endsAt: hosted && hosts.length === 0 ? (meeting.endsAt ?? now + END_GRACE_MS) : null,
  };
}

/** Whether a leg was there together with any of these, and not in an earlier meeting. */
function met({ leftAt }: Participant, there: readonly Participant[]): boolean {
  return there.some(({ joinedAt }) => leftAt === null || (joinedAt !== null && joinedAt < leftAt));
}

/** Whether a meeting holds anything that its end would undo, so that it must be followed. */
export function matters(meeting: Meeting): boolean {
  return meeting.locked || meeting.banned.length > 0 || meeting.started || meeting.hosted;
}
