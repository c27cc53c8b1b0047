/**
 * What a conference knows of the meeting that is going on beyond its legs: from the first caller who holds a place to
 * the last. Pure.
 */
import type { Clearing } from "./clearing.ts";
import type { Participant } from "./leg/participant.ts";
import type { Phase } from "../../contract/conference-view.ts";

export interface Meeting {
  /** Whether anybody was there since the meeting began; what an operator set before that waits for them. */
  occupied: boolean;
  locked: boolean;
  /** Callers, as the carrier writes them, who were thrown out and may not come back. */
  banned: readonly string[];
  /** When each of them was thrown out, in milliseconds since the epoch. */
  bannedAt: readonly number[];
  /** Whether somebody came with whom a room starts whose guests wait. */
  started: boolean;
  /** Whether a moderator came with whose leaving the bridge ends the room. */
  hosted: boolean;
  /** When the room ends since its last such moderator has left, in milliseconds since the epoch; null while it does not. */
  endsAt: number | null;
  /** Who was left when the room ended, and may have to be hung up on again; null while there is nobody. */
  clearing: Clearing | null;
}

export const NO_MEETING: Meeting = {
  occupied: false,
  locked: false,
  banned: [],
  bannedAt: [],
  started: false,
  hosted: false,
  endsAt: null,
  clearing: null,
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
    clearing: hosts.length === 0 ? meeting.clearing : null,
  };
}

/** Whether a leg was there together with any of these, and not in an earlier meeting. */
function met({ leftAt }: Participant, there: readonly Participant[]): boolean {
  return there.some(({ joinedAt }) => leftAt === null || (joinedAt !== null && joinedAt < leftAt));
}

/** Whether a meeting holds anything that its end would undo, so that it must be followed. */
export function matters(meeting: Meeting): boolean {
  const { locked, banned, started, hosted, clearing } = meeting;
  return locked || banned.length > 0 || started || hosted || clearing !== null;
}

/** The meeting with an operator's hand on it. Of those who are banned the last one is banned now. */
export function changedMeeting(
  meeting: Meeting,
  change: Partial<Pick<Meeting, "locked" | "banned">>,
  now: number,
): Meeting {
  const { banned = meeting.banned } = change;
  const since = new Map(meeting.banned.map((caller, index) => [caller, meeting.bannedAt[index]]));
  if (change.banned !== undefined) since.delete(banned.at(-1) ?? "");
  return { ...meeting, ...change, bannedAt: banned.map((caller) => since.get(caller) ?? now) };
}

/** The meeting without the callers who were banned before `time` (milliseconds since the epoch): nobody is remembered for ever. */
export function withoutOldBans(meeting: Meeting, time: number, now: number): Meeting {
  const kept = meeting.banned.flatMap((caller, index) => {
    // Who was banned before that was written down counts from now.
    const at = meeting.bannedAt[index] ?? now;
    return at < time ? [] : [{ caller, at }];
  });
  const left = {
    ...meeting,
    banned: kept.map(({ caller }) => caller),
    bannedAt: kept.map(({ at }) => at),
  };
  return matters(left) ? left : NO_MEETING;
}
