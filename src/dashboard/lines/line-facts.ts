/** The badges of a line in the table of lines, and the search for lines. Pure. */
import { DEFAULT_LINE, lineKey } from "../../vonage/numbers.ts";
import type { LineEntry, ShownLine, ShownRoom } from "./editor/line-answers.ts";

export interface Fact {
  icon: "alert" | "filter" | "key" | "record" | "star" | "wait";
  text: string;
  /** What it means. */
  title: string;
  tone: "plain" | "bad";
}

const FACTS: readonly (Omit<Fact, "tone"> & { holds: (line: ShownLine) => boolean })[] = [
  {
    icon: "key",
    text: "PIN",
    title: "Callers are asked for a PIN.",
    holds: (line) => roomsOf(line).some(({ pin }) => pin !== undefined),
  },
  {
    icon: "star",
    text: "Moderated",
    title: "Some callers are moderators.",
    holds: (line) => roomsOf(line).some((room) => isModerated(room)),
  },
  {
    icon: "wait",
    text: "Hours",
    title: "Calls are taken at certain times.",
    holds: ({ hours }) => hours !== undefined,
  },
  {
    icon: "filter",
    text: "Chosen callers",
    title: "Not everybody’s calls are taken.",
    holds: ({ allow, deny }) => allow !== undefined || deny !== undefined,
  },
  {
    icon: "record",
    text: "Recorded",
    title: "The carrier records the conference.",
    holds: (line) => roomsOf(line).some(({ record }) => record === true),
  },
];

export function factsOf({ line, problems }: Pick<LineEntry, "line" | "problems">): Fact[] {
  if (problems.length > 0) {
    // If the line is valid, only its key can be wrong.
    const text = line === null ? "Misconfigured" : "Out of use";
    return [{ icon: "alert", text, title: problems.join("; "), tone: "bad" }];
  }
  if (line === null) return [];
  return FACTS.filter(({ holds }) => holds(line)).map(({ icon, text, title }) => ({
    icon,
    text,
    title,
    tone: "plain",
  }));
}

/** The conferences that a line leads to, each once. */
export function conferencesOf(line: ShownLine): string[] {
  return [...new Set(roomsOf(line).map(({ conference }) => conference))];
}

function roomsOf(line: ShownLine): readonly ShownRoom[] {
  if (line.rooms !== undefined) return line.rooms;
  const { conference } = line;
  return conference === undefined ? [] : [{ ...line, conference }];
}

function isModerated(room: ShownRoom): boolean {
  return (
    room.moderatorPin !== undefined ||
    room.waitForModerator === true ||
    room.endWithModerator === true ||
    room.startOnEnter === true ||
    room.endOnExit === true
  );
}

/** Whether a line matches a search. `written`: its number as people write it. */
export function isSought({ number, line }: LineEntry, written: string, sought: string): boolean {
  const words = sought.trim().toLowerCase();
  const digits = words.replace(/[+\s.()-]/g, "");
  const names = line === null ? [] : conferencesOf(line);
  return (
    [written, ...names].some((text) => text.toLowerCase().includes(words)) ||
    (digits !== "" && number.includes(digits))
  );
}

/** The key of the line for a typed number or name; null where it is neither. */
export function keyOf(typed: string): string | null {
  const key = lineKey(typed);
  // Other text would lead to the default line, which nobody should open by mistake.
  return key === DEFAULT_LINE && typed.trim() !== DEFAULT_LINE ? null : key;
}
