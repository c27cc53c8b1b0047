/** What is shown of a conference: a pure function of its participants and the time. */
import type { Meeting } from "./meeting.ts";
import type { Participant } from "./participant.ts";

/** A participant as the API gives it. Times are ISO 8601. */
export interface ParticipantView {
  leg: string;
  caller: string | null;
  line: string | null;
  role: Participant["role"];
  phase: Participant["phase"];
  joinConfirmed: boolean;
  admission: Participant["admission"];
  muted: boolean;
  earmuffed: boolean;
  answeredAt: string | null;
  joinedAt: string | null;
  leftAt: string | null;
  reason: string | null;
  lastSignAt: string | null;
}

export interface ConferenceView {
  name: string;
  /** The legs in phase `in`. */
  count: number;
  /** How many of them the carrier reported as moved into the room. */
  confirmed: number;
  /** How many more were answered and are on their way in. */
  arriving: number;
  /** Whether those who are in hear each other, or wait for a moderator. */
  started: boolean;
  locked: boolean;
  /** When the bridge ends the room, since its last moderator has left; null while it does not. */
  endsAt: string | null;
  /** Whether the carrier runs the room in two places, whose halves cannot hear each other. */
  split: boolean;
  asOf: string;
  participants: ParticipantView[];
}

type Entry = readonly [leg: string, participant: Participant];
export type Legs = Iterable<Entry>;

/**
 * `legs`: everybody who may be counted. `left`: legs that are gone, of which, with those among `legs` whose time ran out,
 * the latest are listed behind them, at most `most`.
 */
export function conferenceView(
  name: string,
  legs: Legs,
  left: Legs,
  most: number,
  meeting: Meeting,
  now: number,
): ConferenceView {
  const all = [...legs];
  const lapsed = all.filter(([, { phase }]) => phase === "gone");
  const gone = [...lapsed, ...left].toSorted(([, a], [, b]) => (b.leftAt ?? 0) - (a.leftAt ?? 0));
  const inside = all.map(([, participant]) => participant).filter(({ phase }) => phase === "in");
  const confirmed = inside.filter(({ joinConfirmed }) => joinConfirmed);
  return {
    name,
    count: inside.length,
    confirmed: confirmed.length,
    arriving: all.filter(([, { phase }]) => phase === "arriving").length,
    started: inside.some(({ waits }) => !waits) || (inside.length > 0 && meeting.started),
    locked: meeting.locked,
    endsAt: iso(meeting.endsAt),
    split: new Set(confirmed.map(({ home }) => home)).size > 1,
    asOf: new Date(now).toISOString(),
    participants: [
      ...all.filter(([, { phase }]) => phase !== "gone").toSorted(byArrival),
      ...gone.slice(0, most),
    ].map(([leg, participant]) => participantView(leg, participant)),
  };
}

export function participantView(leg: string, participant: Participant): ParticipantView {
  const { caller, line, role, phase, joinConfirmed, admission, reason } = participant;
  const { muted, earmuffed } = participant;
  return {
    leg,
    caller,
    line,
    role,
    phase,
    joinConfirmed,
    admission,
    muted,
    earmuffed,
    answeredAt: iso(participant.answeredAt),
    joinedAt: iso(participant.joinedAt),
    leftAt: iso(participant.leftAt),
    reason,
    lastSignAt: iso(participant.lastSignAt),
  };
}

/** ISO 8601, or null. */
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

function byArrival([a, left]: Entry, [b, right]: Entry): number {
  const times = [left, right].map(
    ({ joinedAt, answeredAt }) => joinedAt ?? answeredAt ?? Number.MAX_SAFE_INTEGER,
  );
  return (times[0] ?? 0) - (times[1] ?? 0) || (a < b ? -1 : 1);
}
