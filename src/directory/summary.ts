/** What the directory says of a conference, and of what went wrong. Pure. */

/**
 * A conference in a list. Times are ISO 8601. The numbers are null where the conference could not be asked: a number that
 * nobody vouches for would be worse than none.
 */
export interface ConferenceSummary {
  name: string;
  /** Whether somebody is in, or on their way in. */
  live: boolean;
  /** Since when without a break; of a conference that has ended, since when it was. */
  since: string;
  endedAt: string | null;
  /** Legs in phase `in`, and those of them that the carrier reported as moved into the room. */
  count: number | null;
  confirmed: number | null;
  arriving: number | null;
  /** How many of those who are in are moderators. */
  moderators: number | null;
  started: boolean | null;
  locked: boolean | null;
  split: boolean | null;
  /** When the conference said so. */
  asOf: string | null;
}

export type ProblemKind =
  | "unknown-number"
  | "misconfigured-line"
  | "webhook-refused"
  | "carrier-error"
  | "unrouted-leg"
  | "split-room";

/** Something that went wrong, once or often. Times are ISO 8601. */
export interface ProblemView {
  /** Its kind and subject: the same problem again has the same id. */
  id: string;
  kind: ProblemKind;
  /** The number, line, leg, conference or route that it is about. */
  subject: string;
  /** What is wrong, in words, as it was said last. */
  detail: string;
  /** How often it was noticed, at least. */
  count: number;
  firstAt: string;
  lastAt: string;
}

/** What the socket of all conferences says first, and after a gap that a client asked about. */
export interface DirectorySnapshot {
  type: "snapshot";
  seq: number;
  asOf: string;
  /** Those that are live, by name. */
  conferences: ConferenceSummary[];
  /** The latest, newest first. */
  problems: ProblemView[];
}

/** Every change since the message before, whose `seq` is one less. A conference that is not live any more has `live` false. */
export interface DirectoryDelta {
  type: "delta";
  seq: number;
  asOf: string;
  conferences: ConferenceSummary[];
  problems: ProblemView[];
}
