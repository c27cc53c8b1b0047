/**
 * The messages of a live socket, of one conference or of all of them. Pure.
 *
 * The Worker sends a snapshot first, then deltas, each of which has a `seq` one above that of the message before. A client that
 * finds a gap sends `SNAPSHOT_REQUEST` and gets a snapshot. It may send `PING` at any time and gets `PONG`.
 */
import type { ConferenceView, ParticipantView } from "./conference-view.ts";
import type { ConferenceSummary, ProblemView } from "./directory-view.ts";

export const SNAPSHOT_REQUEST = "snapshot";
export const PING = "ping";
export const PONG = "pong";

/** The reason with which the Worker closes a socket whose client sent too many messages. */
export const TOO_MANY_MESSAGES = "too many messages";

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

/** The view as the API gives it, without those who left. */
export interface ConferenceSnapshot {
  type: "snapshot";
  seq: number;
  conference: ConferenceView;
  /** The number of the latest entry of the journal; 0 where there is none. */
  journal: number;
}

export interface ConferenceDelta {
  type: "delta";
  seq: number;
  /** The view without its participants, as a whole. */
  conference: Omit<ConferenceView, "participants">;
  /** New or changed participants; each replaces the one with the same leg. */
  participants: ParticipantView[];
  /** Legs that are no longer in the list. */
  left: string[];
  /** New entries of the journal. */
  entries: LiveEntry[];
}

export interface DirectorySnapshot {
  type: "snapshot";
  seq: number;
  asOf: string;
  /** Those that are live, by name. */
  conferences: ConferenceSummary[];
  /** The latest, newest first. */
  problems: ProblemView[];
}

export interface DirectoryDelta {
  type: "delta";
  seq: number;
  asOf: string;
  /** New or changed ones. One that has ended has `live` false. */
  conferences: ConferenceSummary[];
  problems: ProblemView[];
}
