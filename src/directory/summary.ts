/** What the directory knows of a conference, and how it shows that. Pure. */
import { numbersOf, type ConferenceStatus } from "../conference/state/census.ts";
import type { ConferenceSummary } from "../contract/directory-view.ts";
import { iso } from "../lib/time.ts";

/** What the directory knows of a conference. Times in milliseconds since the epoch. */
export interface KnownConference {
  name: string;
  since: number;
  /** Null while it is live. */
  endedAt: number | null;
  /** The `seq` of its latest report: reports may arrive out of order. */
  seq: number;
  /** Its latest report, and when it arrived; null where none has arrived since this object woke. */
  heard: { status: ConferenceStatus; at: number } | null;
}

export function summaryOf({ name, since, endedAt, heard }: KnownConference): ConferenceSummary {
  const status = endedAt === null ? (heard?.status ?? null) : EMPTY;
  return {
    name,
    live: endedAt === null,
    since: iso(since),
    endedAt: iso(endedAt),
    count: status?.count ?? null,
    confirmed: status?.confirmed ?? null,
    arriving: status?.arriving ?? null,
    moderators: status?.moderators ?? null,
    started: status?.started ?? null,
    locked: status?.locked ?? null,
    split: status?.split ?? null,
    asOf: iso(endedAt ?? heard?.at ?? null),
  };
}

const EMPTY: ConferenceStatus = { ...numbersOf([]), locked: false };

export function isLive({ count, arriving }: Pick<ConferenceStatus, "count" | "arriving">): boolean {
  return count + arriving > 0;
}
