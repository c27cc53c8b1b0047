/** A conference as a line leads to it, and the role that the line gives its callers. Pure. */
import * as v from "valibot";
import type { PromptName } from "./speech/catalogue/en.ts";

const NAME_PROBLEM = "must be 1 to 100 letters, digits, dots, underscores or hyphens";

/** `.` and `..` are not allowed as names: a URL path cannot contain them. */
export const ConferenceName = v.pipe(
  v.string(NAME_PROBLEM),
  v.trim(),
  v.regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, NAME_PROBLEM),
);

/**
 * A conference and the options with which a line, or one code of it, leads there. It is stored with each leg, so it never
 * holds a PIN.
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
  /** The conference ends when its last moderator leaves. Where only the carrier can end it, when the first one does. */
  endWithModerator?: boolean;
  maxParticipants?: number;
  /** The greeting also says how many people are already there. */
  announceCount?: boolean;
  /** Nobody is admitted while the Conference object does not answer. */
  strict?: boolean;
  prompts?: Partial<Record<PromptName, string>>;
}

export type Role = "moderator" | "guest";

/**
 * The role of callers who enter no PIN. Where the line says that the conference starts with its callers, or ends with them,
 * they are moderators; otherwise they are guests.
 */
export function roleOf(room: Room): Role {
  return room.startOnEnter === true || room.endOnExit === true ? "moderator" : "guest";
}

/**
 * Whether a caller is muted on entry. `mute` applies to guests. Where the line makes all of its callers moderators, it applies
 * to them, since there is nobody else it could be meant for.
 */
export function isMutedOnEntry(room: Room, role: Role): boolean {
  return room.mute === true && (role === "guest" || roleOf(room) === "moderator");
}
