/** The greeting: its text, the notice that the call is recorded, and how many people are there. Pure. */
import { spokenText, withinSsml } from "../../vonage/ncco.ts";
import type { Room } from "../room.ts";
import { wordingOf, type Wording } from "./wording.ts";

/** A count with at least as many digits as any real one. */
const MANY = 999;

type Greeted = Omit<Room, "conference">;

/** `others`: how many people are already there; null where that is unknown. */
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

/** Joins two sentences. A first one without final punctuation gets a full stop. */
function joined(text: string, addition: string): string {
  const first = text.trim();
  if (spokenText(first).trim() === "") return addition;
  return `${first}${/[.!?…:;,]$/.test(first) ? "" : "."} ${addition}`;
}

/** The most characters that the greeting can have, whatever the count. */
export function longestGreeting(room: Greeted): number {
  const cases = room.announceCount === true ? [null, 0, 1, MANY] : [null];
  return Math.max(...cases.map((others) => spokenText(greetingOf(room, others).text).length));
}
