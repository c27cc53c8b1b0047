/** Who gets in: what a caller of a line meets, and what a code and a PIN open. Pure. */
import { canonicalCaller } from "../../vonage/caller.ts";
import { isOpen } from "./hours.ts";
import type { Door, Line } from "./line.ts";
import { isPrefixOf } from "./prefixes.ts";
import { roleOf, type Role, type Room } from "../room.ts";

export type Entry =
  | { kind: "open"; room: Room; role: Role }
  | { kind: "code" }
  | { kind: "pin"; door: Door };

/** What a caller of the line meets first. */
export function entryOf(line: Line): Entry {
  return line.door === null ? { kind: "code" } : entryThrough(line.door);
}

/** What a caller meets at a door: a question, also where only moderators have a PIN, or the room. */
export function entryThrough(door: Door): Exclude<Entry, { kind: "code" }> {
  return door.pin === undefined && door.moderatorPin === undefined
    ? { kind: "open", room: door.room, role: roleOf(door.room) }
    : { kind: "pin", door };
}

/** What is asked of a caller: with a moderators' PIN alone, a guest has nothing to enter but the hash. */
export function questionOf(
  entry: Exclude<Entry, { kind: "open" }>,
): "code" | "pin" | "pin-or-hash" {
  if (entry.kind === "code") return "code";
  return entry.door.pin === undefined ? "pin-or-hash" : "pin";
}

/** What a code opens; null where it opens nothing. */
export function doorFor(line: Line, code: string): Door | null {
  return line.rooms.get(code) ?? null;
}

/** The role that a PIN gives, the empty one being just a hash; null where it is wrong. */
export function roleFor(door: Door, pin: string): Role | null {
  if (door.moderatorPin !== undefined && pin === door.moderatorPin) return "moderator";
  if (pin !== (door.pin ?? "")) return null;
  return door.moderatorPin === undefined ? roleOf(door.room) : "guest";
}

/** Why a line turns a caller away before it asks for anything, at the moment `now`; null where it does not. */
export function policyRefusal(
  line: Line,
  caller: string,
  now: number,
): "not-allowed" | "closed" | null {
  if (!isAllowed(line, caller)) return "not-allowed";
  return line.hours === undefined || isOpen(line.hours, now) ? null : "closed";
}

/** No prefix fits a withheld number or a name: it is not denied, and not allowed either. */
function isAllowed({ allow, deny }: Line, caller: string): boolean {
  if (allow === undefined && deny === undefined) return true;
  const canonical = canonicalCaller(caller);
  const digits = canonical !== null && /^\d+$/.test(canonical) ? canonical : null;
  const fits = (prefix: string): boolean => digits !== null && isPrefixOf(digits, prefix);
  return deny?.some(fits) !== true && (allow === undefined || allow.some(fits));
}
