/** Those on whom somebody can act. Pure. */
import { holdsPlace } from "./meeting.ts";
import type { Participant } from "./leg/participant.ts";

export interface RosterEntry {
  leg: string;
  record: Participant;
}

/** Whether somebody can act on a leg: it is in the room, on its way in, or elsewhere for a while. */
export function isUp({ phase }: Participant): boolean {
  return holdsPlace(phase) || phase === "away";
}

export function rosterOf(entries: Iterable<readonly [string, Participant]>): RosterEntry[] {
  return Array.from(entries, ([leg, record]) => ({ leg, record })).filter(({ record }) =>
    isUp(record),
  );
}
