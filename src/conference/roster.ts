/** Those on whom somebody can act. Pure. */
import { holdsPlace } from "./meeting.ts";
import type { Participant } from "./participant.ts";

export interface RosterEntry {
  leg: string;
  record: Participant;
}

export function rosterOf(entries: Iterable<readonly [string, Participant]>): RosterEntry[] {
  return Array.from(entries, ([leg, record]) => ({ leg, record })).filter(
    ({ record: { phase } }) => holdsPlace(phase) || phase === "away",
  );
}
