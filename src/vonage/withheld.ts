/** Callers whose number nobody is told. */
import { digitsIn, foldedText, userOf } from "./numbers.ts";

/**
 * What stands for the number: a word, or that word as it is typed on a keypad, in the place of a number. The carrier passes on
 * either, as its supplier sent it; the digits are those that others have seen in callers' fields. None of them is a number that
 * could call: each is too short, or of a length that its country does not have.
 */
const WITHHELD = new Set(
  (
    "anonymous blocked private restricted unavailable unknown withheld " +
    "266696687 2562533 7748283 7378742833 86282452253 8656696 94844353"
  ).split(" "),
);

/** Whether a caller, as a webhook names them, is nobody in particular: `Unknown`, `sip:anonymous@anonymous.invalid`, nothing. */
export function isWithheld(caller: string): boolean {
  const user = userOf(caller);
  const name = digitsIn(user) ?? foldedText(user).trim().toLowerCase();
  return name === "" || WITHHELD.has(name);
}
