/** What the socket of one conference says. Pure. */
import type { ConferenceView, ParticipantView } from "../conference/state/view.ts";

/** An entry of the journal without its body. Times are ISO 8601. */
export interface LiveEntry {
  seq: number;
  leg: string | null;
  kind: string;
  status: string | null;
  at: string | null;
  receivedAt: string;
  outcome: string;
}

/** What is said first, and after a gap that a client asked about: the view as the API gives it, without those who left. */
export interface ConferenceSnapshot {
  type: "snapshot";
  seq: number;
  conference: ConferenceView;
  /** The number of the latest entry of the journal; 0 where there is none. */
  journal: number;
}

/** Every change since the message before, whose `seq` is one less. */
export interface ConferenceDelta {
  type: "delta";
  seq: number;
  /** The view without its participants, as a whole. */
  conference: Omit<ConferenceView, "participants">;
  /** Participants who are new or changed, to be put in the place of the one with the same leg. */
  participants: ParticipantView[];
  /** Legs that are not in the list any more. */
  left: string[];
  /** Entries that the journal gained. */
  entries: LiveEntry[];
}

/** How many were in the room from a moment on (milliseconds since the epoch) until the next one's. */
export type CountStep = [from: number, count: number];
