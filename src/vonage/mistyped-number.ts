/**
 * What a person reads as a phone number, and what is none: stored as it stands, it would be the name of a user that nobody has,
 * and the callers of the number that was meant would hear that it is not connected.
 */
import { digitsIn, foldedText } from "./numbers.ts";

/** The longest phone number (E.164). */
const MAX_DIGITS = 15;
/** Fewer digits at the beginning of a name are no phone number: `2001-sales`. */
const LEAST_DIGITS = 7;

const PROBLEM = {
  trunk: "leave out the (0), which is not dialled behind a country code",
  many: `has more than the ${MAX_DIGITS} digits of a phone number: is it two of them?`,
  other:
    "looks like a phone number and is none: leave out what is not dialled, such as an extension",
};

/** Digits of any script and nothing but signs: `#2001`, `2001;5`, and what `digitsIn` leaves, such as `2001,,5`. */
const NO_LETTERS = /^(?=.*\p{Nd})[\p{Nd}\s\p{Z}\p{Pd}\u2212+.,/'\u2018\u2019()[\]#*;:]+$/su;
/** `+1 415 555 0100 ext. 5`, `+1-800-FLOWERS`: no user's name begins so. */
const INTERNATIONAL = /^\+[\s(]*\d/;
/** The number that a text begins with, signs and all. */
const BEGINNING = /^[([]?\d[\d\s\p{Z}\p{Pd}\u2212.,/'\u2018\u2019()[\]]*/u;
/** What databases give their users for names: `507118361200ab34cd56ef78`, and UUIDs. */
const IDENTIFIER = /^[\da-f-]{16,}$/i;

/** What is wrong with a number that somebody typed, or with a key; null where it is one, or looks like none. */
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

/** A number and then something else. Only names have an underscore in them. */
function isWithMore(text: string): boolean {
  const [number = ""] = BEGINNING.exec(text) ?? [];
  return (
    number.replace(/\D/g, "").length >= LEAST_DIGITS &&
    text[number.length] !== "_" &&
    !IDENTIFIER.test(text)
  );
}
