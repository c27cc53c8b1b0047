/** Decides what a caller of a line is asked for, which door a code opens, and which role a PIN gives. Pure. */
import { canonicalCaller } from "../../vonage/caller.ts";
import { isOpen } from "./hours.ts";
import type { Door, Line } from "./line.ts";
import { isPrefixOf } from "./prefixes.ts";
import { roleOf, type Role, type Room } from "../room.ts";

export type Entry =
  | { kind: "open"; room: Room; role: Role }
  | { kind: "code" }
  | { kind: "pin"; door: Door };

/** Where a caller of the line begins: asked for a code or a PIN, or straight in the room. */
export function entryOf(line: Line): Entry {
  return line.door === null ? { kind: "code" } : entryThrough(line.door);
}

/** What a door asks for. Where only moderators have a PIN, everybody is asked. */
export function entryThrough(door: Door): Exclude<Entry, { kind: "code" }> {
  return door.pin === undefined && door.moderatorPin === undefined
    ? { kind: "open", room: door.room, role: roleOf(door.room) }
    : { kind: "pin", door };
}

/** Which prompt asks for it. Where only moderators have a PIN, a guest just presses the hash key. */
export function questionOf(
  entry: Exclude<Entry, { kind: "open" }>,
): "code" | "pin" | "pin-or-hash" {
  if (entry.kind === "code") return "code";
  return entry.door.pin === undefined ? "pin-or-hash" : "pin";
}

/** The door that a code opens; null for a wrong code. */
export function doorFor(line: Line, code: string): Door | null {
  return line.rooms.get(code) ?? null;
}

/** The role that a PIN gives; null for a wrong PIN. The empty PIN means that only the hash key was pressed. */
export function roleFor(door: Door, pin: string): Role | null {
  if (door.moderatorPin !== undefined && pin === door.moderatorPin) return "moderator";
  if (pin !== (door.pin ?? "")) return null;
  return door.moderatorPin === undefined ? roleOf(door.room) : "guest";
}

/** Why a line refuses a caller before it asks for anything, at the time `now`; null where it does not. */
export function policyRefusal(
  line: Line,
  caller: string,
  now: number,
): "not-allowed" | "closed" | null {
  if (!isAllowed(line, caller)) return "not-allowed";
  return line.hours === undefined || isOpen(line.hours, now) ? null : "closed";
}

/** Withheld numbers and names match no prefix: `deny` does not exclude them, and `allow` does not include them. */
function isAllowed({ allow, deny }: Line, caller: string): boolean {
  if (allow === undefined && deny === undefined) return true;
  const canonical = canonicalCaller(caller);
  const digits = canonical !== null && /^\d+$/.test(canonical) ? canonical : null;
  const fits = (prefix: string): boolean => digits !== null && isPrefixOf(digits, prefix);
  return deny?.some(fits) !== true && (allow === undefined || allow.some(fits));
}
