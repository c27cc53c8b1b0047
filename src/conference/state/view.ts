/** The view of a conference: a pure function of its participants and the time. */
import { iso } from "../../lib/time.ts";
import {
  byArrival,
  type ConferenceView,
  type ParticipantView,
} from "../../contract/conference-view.ts";
import { isStarted, numbersOf } from "./census.ts";
import type { Meeting } from "./meeting.ts";
import type { Participant } from "./leg/participant.ts";

type Entry = readonly [leg: string, participant: Participant];
export type LegEntries = Iterable<Entry>;

/**
 * `legs`: the live legs. `left`: legs that are gone. At most `most` of the gone ones, including those of `legs` that have lapsed, are
 * listed after the others, latest first.
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
