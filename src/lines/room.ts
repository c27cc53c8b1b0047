/** A room as callers come into it. Pure. */
import * as v from "valibot";
import type { PromptName } from "./speech/catalogue/en.ts";

const NAME_PROBLEM = "must be 1 to 100 letters, digits, dots, underscores or hyphens";

/** `.` and `..` are no names: no URL could ask for them. */
export const ConferenceName = v.pipe(
  v.string(NAME_PROBLEM),
  v.trim(),
  v.regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, NAME_PROBLEM),
);

/**
 * A conference as one way in leads to it: everything about a caller's stay. It is stored with each leg, so it holds no
 * PIN.
 */
export interface Room {
  conference: string;
  /** What the caller hears first; empty for nothing. */
  greeting?: string;
  language?: string;
  style?: number;
  premium?: boolean;
  startOnEnter?: boolean;
  endOnExit?: boolean;
  musicOnHoldUrl?: string;
  record?: boolean;
  mute?: boolean;
  /** Guests hear music until a moderator comes. */
  waitForModerator?: boolean;
  /** The room ends when its last moderator leaves; by the carrier alone, when the first does. */
  endWithModerator?: boolean;
  maxParticipants?: number;
  /** The greeting ends with how many are already there. */
  announceCount?: boolean;
  /** Nobody is let in while the conference cannot be asked. */
  strict?: boolean;
  prompts?: Partial<Record<PromptName, string>>;
}

export type Role = "moderator" | "guest";

/**
 * Callers of a line that says that the room starts with them, or ends with them, are its moderators. A plain room has
 * none, and a PIN may make others.
 */
export function roleOf(room: Room): Role {
  return room.startOnEnter === true || room.endOnExit === true ? "moderator" : "guest";
}

/**
 * Whether a caller cannot be heard from the beginning. `mute` is for guests; where the line itself makes all of its
 * callers moderators, it can be for nobody but them, so they are muted as the line says.
 */
export function isMutedOnEntry(room: Room, role: Role): boolean {
  return room.mute === true && (role === "guest" || roleOf(room) === "moderator");
}
