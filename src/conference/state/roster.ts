/** The legs on which an operator or the bridge can act. Pure. */
import { holdsPlace } from "./meeting.ts";
import type { Participant } from "./leg/participant.ts";

export interface RosterEntry {
  leg: string;
  record: Participant;
}

/** Whether a leg is up: in the room, on its way in, or moved elsewhere by the carrier. */
export function isUp({ phase }: Participant): boolean {
  return holdsPlace(phase) || phase === "away";
}

export function rosterOf(entries: Iterable<readonly [string, Participant]>): RosterEntry[] {
  return Array.from(entries, ([leg, record]) => ({ leg, record })).filter(({ record }) =>
    isUp(record),
  );
}
