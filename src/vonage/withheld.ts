/** Recognises callers who withhold their number. Pure. */
import { digitsIn, foldedText, userOf } from "./numbers.ts";

/**
 * What is sent in place of the number: a word, or that word as typed on a keypad. The carrier passes on whatever its supplier
 * sent. The digits are values that others have reported. None of them is a real number: each is too short, or of a length that
 * its country does not use.
 */
const WITHHELD = new Set(
  (
    "anonymous blocked private restricted unavailable unknown withheld " +
    "266696687 2562533 7748283 7378742833 86282452253 8656696 94844353"
  ).split(" "),
);

/** Whether the caller of a webhook is withheld: `Unknown`, `sip:anonymous@anonymous.invalid`, or empty. */
export function isWithheld(caller: string): boolean {
  const user = userOf(caller);
  const name = digitsIn(user) ?? foldedText(user).trim().toLowerCase();
  return name === "" || WITHHELD.has(name);
}
