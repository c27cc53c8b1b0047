/** Callers whose number nobody is told. */
import { digitsIn, foldedText, userOf } from "./numbers.ts";

/**
 * What stands for the number: a word, or that word as it is typed on a keypad, in the place of a number. The carrier passes on
 * either, as its supplier sent it; the digits are those that are seen in callers' fields in practice (ANONYMOUS is 266696687).
 * None of the digits is a number that could call: each is too short, or of a length that its country does not have.
 */
const WORDS = "anonymous blocked private restricted unavailable unknown withheld".split(" ");
const KEYS = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const WITHHELD = new Set([...WORDS, ...WORDS.map(onKeypad)]);

function onKeypad(word: string): string {
  return Array.from(word, (letter) => KEYS.findIndex((key) => key.includes(letter)) + 2).join("");
}

/** Whether a caller, as a webhook names them, is nobody in particular: `Unknown`, `sip:anonymous@anonymous.invalid`, nothing. */
export function isWithheld(caller: string): boolean {
  const user = userOf(caller);
  const name = digitsIn(user) ?? foldedText(user).trim().toLowerCase();
  return name === "" || WITHHELD.has(name);
}
