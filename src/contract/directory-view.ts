/** The list of conferences, and the problems that were noticed, as the API gives them. Pure. */

/**
 * A conference in a list. Times are ISO 8601. The numbers are null where the conference did not answer: an old number would be
 * worse than none.
 */
export interface ConferenceSummary {
  name: string;
  /** Whether somebody is in, or on their way in. */
  live: boolean;
  /** Since when it has been live without a break; of a conference that has ended, since when it was. */
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
  /** When the conference reported these numbers. */
  asOf: string | null;
}

export type ProblemKind =
  | "unknown-number"
  | "misconfigured-line"
  | "webhook-refused"
  | "webhook-setup"
  | "carrier-error"
  | "unrouted-leg"
  | "split-room"
  /** A recording or transcription that cannot be assigned to a conference. */
  | "stray-recording"
  /** Any other webhook that names no leg, and so has no conference to keep it. */
  | "stray-webhook";

/** A problem, noticed once or often. Times are ISO 8601. */
export interface ProblemView {
  /** Its kind and subject: the same problem again has the same id. */
  id: string;
  kind: ProblemKind;
  /** The number, line, leg, conference or route that it is about. */
  subject: string;
  /** What is wrong, in words, as last noticed. */
  detail: string;
  /** How often it was noticed, at least. */
  count: number;
  firstAt: string;
  lastAt: string;
}

/**
 * How many problems of one kind are kept, the latest ones: callers who dial invented numbers then push nothing but each other
 * off the list. It is as many as a page shows at once, and of all kinds together still little memory.
 */
const MAX_OF_A_KIND = 50;
/** Each of these is a recording that nothing else keeps, and not a repetition. */
const MAX_STRAY_RECORDINGS = 200;

/** How many problems of a kind are kept. */
export function quotaOf(kind: ProblemKind): number {
  return kind === "stray-recording" ? MAX_STRAY_RECORDINGS : MAX_OF_A_KIND;
}
