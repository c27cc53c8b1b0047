/** What is shown of a conference: a pure function of its participants and the time. */
import { iso } from "../../lib/time.ts";
import { byArrival } from "../../contract/arrival-order.ts";
import { isStarted, numbersOf } from "./census.ts";
import type { Meeting } from "./meeting.ts";
import type { Participant } from "./leg/participant.ts";

/** A participant as the API gives it. Times are ISO 8601. */
export interface ParticipantView {
  leg: string;
  caller: string | null;
  line: string | null;
  role: Participant["role"];
  phase: Participant["phase"];
  joinConfirmed: boolean;
  /**
   * `unchecked`: let in before the conference could be asked; `unadmitted`: came into the room without an answer of ours; null:
   * nothing is known of an answer, nor of a transfer.
   */
  admission: Participant["admission"] | "unadmitted";
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
export type LegEntries = Iterable<Entry>;

/**
 * `legs`: everybody who may be counted. `left`: legs that are gone, of which, with those among `legs` whose time ran out,
 * the latest are listed behind them, at most `most`.
 */
export function conferenceView(
  name: string,
  legs: LegEntries,
  left: LegEntries,
  most: number,
  meeting: Meeting,
  now: number,
): ConferenceView {
  const all = [...legs];
  const lapsed = all.filter(([, { phase }]) => phase === "gone");
  const gone = [...lapsed, ...left].toSorted(([, a], [, b]) => (b.leftAt ?? 0) - (a.leftAt ?? 0));
  const { count, confirmed, arriving, started, split } = numbersOf(
    all.map(([, participant]) => participant),
  );
  return {
    name,
    count,
    confirmed,
    arriving,
    started: isStarted({ count, started }, meeting),
    locked: meeting.locked,
    endsAt: iso(meeting.endsAt),
    split,
    asOf: new Date(now).toISOString(),
    participants: [
      ...shown(all.filter(([, { phase }]) => phase !== "gone")).toSorted(byArrival),
      ...shown(gone.slice(0, most)),
    ],
  };
}

function shown(legs: readonly Entry[]): ParticipantView[] {
  return legs.map(([leg, participant]) => participantView(leg, participant));
}

export function participantView(leg: string, participant: Participant): ParticipantView {
  const { caller, line, role, phase, joinConfirmed, reason } = participant;
  const { muted, earmuffed } = participant;
  return {
    leg,
    caller,
    line,
    role,
    phase,
    joinConfirmed,
    admission: participant.admission ?? (joinConfirmed ? "unadmitted" : null),
    muted,
    earmuffed,
    answeredAt: iso(participant.answeredAt),
    joinedAt: iso(participant.joinedAt),
    leftAt: iso(participant.leftAt),
    reason,
    lastSignAt: iso(participant.lastSignAt),
  };
}
