/** Decides whether a conference admits a caller. Pure. */
import type { Role } from "../../lines/room.ts";
import { isSameCaller } from "../../vonage/caller.ts";
import type { Meeting } from "./meeting.ts";
import type { AdmissionFact, ConferenceRefusal } from "./leg/fact.ts";

/** The decision about a caller. Sent over RPC. */
export interface Entrance {
  denied: ConferenceRefusal | null;
  /** How many others were there, if the room announces it. */
  others: number | null;
}

/** The settings of a room on which the decision depends. Each admission carries them; they are not stored. */
export interface Rules {
  /** The room's own limit; null where it has none. */
  maxParticipants: number | null;
  /** Whether the caller hears how many others are there. */
  announceCount: boolean;
  /** Whether a caller is refused when the conference cannot be asked in time. */
  strict: boolean;
}

export const NO_RULES: Rules = { maxParticipants: null, announceCount: false, strict: false };

/**
 * Why the caller is refused; null if admitted. `places`: how many others hold a place; exact where the answer is at least `limit`.
 * Moderators pass the lock and the room's own limit, but not `ceiling`, beyond which the carrier accepts nobody.
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

/** An admission that came too late to be checked. The caller was let in already, or in a strict room turned away. */
export function unchecked(admission: AdmissionFact, { strict }: Rules): AdmissionFact {
  return strict ? { ...admission, denied: "unavailable" } : { ...admission, checked: false };
}
