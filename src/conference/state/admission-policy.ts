/** Whether a conference lets a caller in, by what it knows at that moment. Pure. */
import type { Role } from "../../lines/room.ts";
import { isSameCaller } from "../../vonage/caller.ts";
import type { Meeting } from "./meeting.ts";
import type { AdmissionFact, ConferenceRefusal } from "./leg/fact.ts";

/** What is said of a caller who was asked about. */
export interface Entrance {
  denied: ConferenceRefusal | null;
  /** How many were there already, where the room announces it. */
  others: number | null;
}

/** What a room asks of its conference about each caller. They travel with an admission and are not kept. */
export interface Rules {
  /** The room's own limit; null where it has none. */
  maxParticipants: number | null;
  /** Whether the caller hears how many are there already. */
  announceCount: boolean;
  /** Whether nobody is let in unchecked. */
  strict: boolean;
}

export const NO_RULES: Rules = { maxParticipants: null, announceCount: false, strict: false };

/**
 * Why the caller is not let in; null where they are. `places`: how many others hold a place, exactly if at least so many
 * as it is given. Moderators get past the lock
 * and the room's own limit, never past `ceiling`, beyond which the carrier takes nobody.
 */
export function refusalOf(
  { role, caller }: { role: Role; caller: string },
  { maxParticipants }: Rules,
  { locked, banned }: Pick<Meeting, "locked" | "banned">,
  places: (limit: number) => number,
  ceiling: number,
): ConferenceRefusal | null {
  if (banned.some((one) => isSameCaller(one, caller))) return "banned";
  if (locked && role === "guest") return "locked";
  const limit = role === "moderator" ? ceiling : Math.min(maxParticipants ?? ceiling, ceiling);
  return places(limit) < limit ? null : "full";
}

/** An admission that came too late to be checked: let in all the same, but for a strict room, whose caller was told no. */
export function unchecked(admission: AdmissionFact, { strict }: Rules): AdmissionFact {
  return strict ? { ...admission, denied: "unavailable" } : { ...admission, checked: false };
}
