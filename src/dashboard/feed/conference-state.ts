/** What the socket of one conference has said so far. Pure; benchmarks and tests use it without a browser. */
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
  /** The entries that came since the snapshot, oldest first, of which the latest are kept. */
  entries: readonly LiveEntry[];
}

/** Far more than come between two looks at them; who needs others asks the API. */
const MOST_ENTRIES = 500;

/**
 * The state after a message. Null: something was missed, so nothing is known until the next snapshot, which is to be
 * asked for.
 */
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
        : [...state.entries, ...message.entries].slice(-MOST_ENTRIES),
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
