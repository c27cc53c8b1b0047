/** Lines as an operator would write them, and the codes and PINs that their callers know. */
import type { Line } from "./stage.ts";

export const PIN = "480215";
export const MODERATOR_PIN = "73190";

/** How many a room takes that is to be full. */
export const PLACES = { full: 20, small: 5 } as const;

/** Callers whose numbers begin like this are denied: a hundred of those that the simulator makes. */
export const DENIED = "447700900 1";
export const FIRST_DENIED = 100;

/** The rooms of a line with many: by their codes, the conference, and its PIN where it has one. */
export function roomsBehind({ conference }: Pick<Line, "conference">) {
  return {
    "2001": { conference },
    "2002": { conference: `${conference}-board`, pin: PIN },
    "0042": { conference: `${conference}-side` },
  };
}

/** The conferences that a line's callers may get into. */
export function conferencesBehind(line: Line): string[] {
  return line.kind === "many-rooms"
    ? Object.values(roomsBehind(line)).map(({ conference }) => conference)
    : [line.conference];
}

/** A line's value. */
export function lineValue({ kind, conference }: Line): string {
  return kind === "plain" ? conference : JSON.stringify(keysOf(kind, conference));
}

function keysOf(kind: Exclude<Line["kind"], "plain">, conference: string): object {
  switch (kind) {
    case "guest":
      return { conference, greeting: "Welcome.", startOnEnter: false };
    case "host":
      return { conference, greeting: "Welcome, host.", endOnExit: true };
    case "recorded":
      return { conference, greeting: "", record: true };
    case "pins":
      return { conference, pin: PIN, moderatorPin: MODERATOR_PIN };
    case "many-rooms":
      return { rooms: roomsBehind({ conference }) };
    case "full":
    case "small":
      return { conference, greeting: "Welcome.", maxParticipants: PLACES[kind] };
    case "lockable":
      return { conference, moderatorPin: MODERATOR_PIN };
    case "waiting":
      return { conference, moderatorPin: MODERATOR_PIN, waitForModerator: true };
    case "choosy":
      return { conference, allow: ["+44"], deny: [DENIED] };
    case "closed":
      return { conference, hours: { timeZone: "UTC", open: { [anotherDay()]: "12:00-12:01" } } };
  }
}

/** A day of the week that begins in days only. */
function anotherDay(): string {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
  return days[(new Date().getUTCDay() + 3) % days.length] ?? "";
}
