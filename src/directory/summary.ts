/** What the directory is told, and what it says, of conferences and of what went wrong. Pure. */
import { numbersOf, type Numbers } from "../conference/state/census.ts";
import { iso } from "../lib/time.ts";

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

/** What a conference says of itself. Times in milliseconds since the epoch. */
export type ConferenceStatus = Omit<Numbers, "homes"> & {
  locked: boolean;
  /** Missing where code of before tells it. */
  homes?: Numbers["homes"];
};

/** What the directory knows of a conference. Times in milliseconds since the epoch. */
export interface Known {
  name: string;
  since: number;
  /** Null while it is live. */
  endedAt: number | null;
  /** The number of what it said last: what it said before that may come later. */
  seq: number;
  /** What it said last, and when it was heard; null where it was not heard since this object woke. */
  heard: { standing: ConferenceStatus; at: number } | null;
}

export function summaryOf({ name, since, endedAt, heard }: Known): ConferenceSummary {
  const standing = endedAt === null ? (heard?.standing ?? null) : NOBODY;
  return {
    name,
    live: endedAt === null,
    since: iso(since),
    endedAt: iso(endedAt),
    count: standing?.count ?? null,
    confirmed: standing?.confirmed ?? null,
    arriving: standing?.arriving ?? null,
    moderators: standing?.moderators ?? null,
    started: standing?.started ?? null,
    locked: standing?.locked ?? null,
    split: standing?.split ?? null,
    asOf: iso(endedAt ?? heard?.at ?? null),
  };
}

const NOBODY: ConferenceStatus = { ...numbersOf([]), locked: false };

export function isLive({ count, arriving }: Pick<ConferenceStatus, "count" | "arriving">): boolean {
  return count + arriving > 0;
}

export type ProblemKind =
  | "unknown-number"
  | "misconfigured-line"
  | "webhook-refused"
  | "webhook-setup"
  | "carrier-error"
  | "unrouted-leg"
  | "split-room"
  /** A recording or transcription of which nobody can tell whose it is. */
  | "stray-recording"
  /** Something else that names no leg, and so has nobody to keep it. */
  | "stray-webhook";

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
