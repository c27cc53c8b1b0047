/** The state of one conference, built from its live messages. Pure; benchmarks and tests use it without a browser. */
import {
  byArrival,
  type ConferenceView,
  type ParticipantView,
} from "../../contract/conference-view.ts";
import type {
  ConferenceDelta,
  ConferenceSnapshot,
  LiveEntry,
} from "../../contract/live-messages.ts";

export interface ConferenceState {
  seq: number;
  conference: Omit<ConferenceView, "participants">;
  /** By leg. */
  participants: ReadonlyMap<string, ParticipantView>;
  /** The number of the journal's latest entry. */
  journal: number;
  /** The latest entries since the snapshot, oldest first. */
  entries: readonly LiveEntry[];
}

/** Far more than come between two renderings. Others can be fetched from the API. */
const MAX_ENTRIES = 500;

/** The state after a message; null where a message was missed, so that a snapshot must be requested. */
export function applyConference(
  state: ConferenceState | null,
  message: ConferenceSnapshot | ConferenceDelta,
): ConferenceState | null {
  const { seq } = message;
  if (message.type === "snapshot") {
    const { participants, ...conference } = message.conference;
    return {
      seq,
      conference,
      participants: new Map(participants.map((one) => [one.leg, one])),
      journal: message.journal,
      entries: [],
    };
  }
  if (state === null || seq !== state.seq + 1) return null;
  return {
    seq,
    conference: message.conference,
    participants: withChanges(state.participants, message),
    journal: message.entries.at(-1)?.seq ?? state.journal,
    entries:
      message.entries.length === 0
        ? state.entries
        : [...state.entries, ...message.entries].slice(-MAX_ENTRIES),
  };
}

function withChanges(
  known: ReadonlyMap<string, ParticipantView>,
  { participants, left }: ConferenceDelta,
): ReadonlyMap<string, ParticipantView> {
  if (participants.length === 0 && left.length === 0) return known;
  const all = new Map(known);
  for (const one of participants) all.set(one.leg, one);
  for (const leg of left) all.delete(leg);
  return all;
}

/** The view as the API would give it at that moment, in its order. */
export function viewOf({ conference, participants }: ConferenceState): ConferenceView {
  return { ...conference, participants: [...participants.values()].toSorted(byArrival) };
}
