/**
 * What a conference remembers of the present meeting besides its legs: lock, bans, whether it started, and how it ends. A meeting
 * lasts from the first leg that holds a place to the last. Pure.
 */
import type { Participant } from "./leg/participant.ts";
import type { Phase } from "../../contract/conference-view.ts";

/** The legs that remained when a room ended, as long as some may still be up. Stored. */
export interface Clearing {
  /** When the room ended, in milliseconds since the epoch. */
  since: number;
  legs: readonly string[];
  /** How often the bridge asked the carrier to hang up. */
  tries: number;
  /** When to ask again for those still up, in milliseconds since the epoch. */
  nextAt: number;
}

/** Stored as JSON: only add fields. */
export interface Meeting {
  /** Whether anybody has come yet. A lock or ban that an operator set on an empty room holds until somebody has come and left. */
  occupied: boolean;
  locked: boolean;
  /** Callers who were removed and may not come back, as the carrier writes them. */
  banned: readonly string[];
  /** When each of them was banned, in milliseconds since the epoch. */
  bannedAt: readonly number[];
  /** Whether somebody has joined with whom the room starts. */
  started: boolean;
  /** Whether a moderator has joined after whose leaving the bridge ends the room. */
  hosted: boolean;
  /** When the room will end because its last such moderator has left, in milliseconds since the epoch; null while it will not. */
  endsAt: number | null;
  /** The legs that remained when the room ended, and may need another hang-up; null where there are none. */
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

/** How long a moderator whose line dropped has to dial back. */
export const END_GRACE_MS = 60_000;

/** Whether a leg holds a place in the room: it is there, or expected there. */
export function holdsPlace(phase: Phase): boolean {
  return phase === "expected" || phase === "arriving" || phase === "in";
}

/**
 * The meeting after a change. `live`: the records of all live legs. `latest`: the leg whose fact was just taken, which may be gone
 * already: a moderator's `completed` can arrive before the `transfer` that shows that they were there.
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

/** Whether a leg was there together with any of these legs, rather than in an earlier meeting. */
function met({ leftAt }: Participant, there: readonly Participant[]): boolean {
  return there.some(({ joinedAt }) => leftAt === null || (joinedAt !== null && joinedAt < leftAt));
}

/** Whether the end of the meeting would change anything, so that its legs must be followed. */
export function matters(meeting: Meeting): boolean {
  const { locked, banned, started, hosted, clearing } = meeting;
  return locked || banned.length > 0 || started || hosted || clearing !== null;
}

/** The meeting after an operator's change. The last of `banned` is the one who is banned now. */
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

/** The meeting without the callers who were banned before `time` (milliseconds since the epoch): no ban is kept for ever. */
export function withoutOldBans(meeting: Meeting, time: number, now: number): Meeting {
  const kept = meeting.banned.flatMap((caller, index) => {
    // Bans that were stored without their time count from now.
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
