/** What the directory knows of a conference, and how it shows that. Pure. */
import { numbersOf, type ConferenceStatus } from "../conference/state/census.ts";
import type { ConferenceSummary } from "../contract/directory-view.ts";
import { iso } from "../lib/time.ts";

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
