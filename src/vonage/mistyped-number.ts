/**
 * Finds texts that look like a phone number but are none. Stored as typed, such a text would be the key of a user who does not
 * exist, and callers of the intended number would hear that it is not connected. Pure.
 */
import { digitsIn, foldedText } from "./numbers.ts";

/** The longest phone number (E.164). */
const MAX_DIGITS = 15;
/** A name may begin with fewer digits than this: `2001-sales`. */
const LEAST_DIGITS = 7;

const PROBLEM = {
  trunk: "leave out the (0), which is not dialled behind a country code",
  many: `has more than the ${MAX_DIGITS} digits of a phone number: is it two of them?`,
  other:
    "looks like a phone number and is none: leave out what is not dialled, such as an extension",
};

/** Digits of any script and signs, without letters: `#2001`, `2001;5`, and `2001,,5`, which `digitsIn` refuses. */
const NO_LETTERS = /^(?=.*\p{Nd})[\p{Nd}\s\p{Z}\p{Pd}\u2212+.,/'\u2018\u2019()[\]#*;:]+$/su;
/** `+1 415 555 0100 ext. 5`, `+1-800-FLOWERS`. No user name begins like this. */
const INTERNATIONAL = /^\+[\s(]*\d/;
/** The number at the beginning of a text, with its punctuation. */
const BEGINNING = /^[([]?\d[\d\s\p{Z}\p{Pd}\u2212.,/'\u2018\u2019()[\]]*/u;
/** User names that databases generate: `507118361200ab34cd56ef78`, and UUIDs. */
const IDENTIFIER = /^[\da-f-]{16,}$/i;

/** What is wrong with a typed number or key; null if it is a number, or does not look like one. */
export function mistypedNumber(typed: string): string | null {
  const text = foldedText(typed)
    .trim()
    .replace(/^(sips?|tel):/i, "")
    .replace(/@.*$/s, "");
  const digits = digitsIn(text);
  if (digits !== null) {
    if (/^\+.*\(0\)/.test(text)) return PROBLEM.trunk;
    return digits.length > MAX_DIGITS && digits !== text ? PROBLEM.many : null;
  }
  return NO_LETTERS.test(text) || INTERNATIONAL.test(text) || isWithMore(text)
    ? PROBLEM.other
    : null;
}

/** Whether a number is followed by something else. An underscore only occurs in names. */
function isWithMore(text: string): boolean {
  const [number = ""] = BEGINNING.exec(text) ?? [];
  return (
    number.replace(/\D/g, "").length >= LEAST_DIGITS &&
    text[number.length] !== "_" &&
    !IDENTIFIER.test(text)
  );
}
