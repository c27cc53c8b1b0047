/** What a caller hears before the room: the greeting, that it is recorded, and how many are there. Pure. */
import { spokenText, withinSsml } from "../../vonage/ncco.ts";
import type { Room } from "../room.ts";
import { wordingOf, type Wording } from "./wording.ts";

/** More people than any room holds, in as many digits. */
const MANY = 999;

type Greeted = Omit<Room, "conference">;

/** `others`: how many are already there; null where nobody knows. */
export function greetingOf(room: Greeted, others: number | null): Wording {
  const { text, voice } =
    room.greeting === undefined
      ? wordingOf("greeting", room)
      : { text: room.greeting, voice: room };
  const additions = [
    ...(room.record === true ? [wordingOf("recorded", room).text] : []),
    ...(room.announceCount === true && others !== null ? [countOf(room, others)] : []),
  ].filter((addition) => addition.trim() !== "");
  return { text: additions.reduce(added, text), voice };
}

function countOf(room: Greeted, others: number): string {
  if (others === 0) return wordingOf("nobody-here", room).text;
  if (others === 1) return wordingOf("one-here", room).text;
  return wordingOf("others-here", room, { count: String(others) }).text;
}

function added(text: string, addition: string): string {
  return withinSsml(text, addition) ?? joined(text, addition);
}

/** Two sentences: one that has no end gets its full stop. */
function joined(text: string, addition: string): string {
  const first = text.trim();
  if (spokenText(first).trim() === "") return addition;
  return `${first}${/[.!?…:;,]$/.test(first) ? "" : "."} ${addition}`;
}

/** How many characters the greeting may come to, whoever is there. */
export function longestGreeting(room: Greeted): number {
  const cases = room.announceCount === true ? [null, 0, 1, MANY] : [null];
  return Math.max(...cases.map((others) => spokenText(greetingOf(room, others).text).length));
}
