/** A called number, SIP address or app user as the key of its line. */

/** KV takes keys of up to 512 bytes; no number and no sensible SIP user comes near this. */
const MAX_KEY_LENGTH = 128;

/** The line that serves every called number without one of its own. */
export const DEFAULT_LINE = "*";

/**
 * A phone number loses its punctuation, but only if nothing but digits is left then; of anything else the user part
 * counts, in lower case. What leaves nothing, or could not be a key, goes to the default line.
 */
export function lineKey(called: string): string {
  const user = userOf(called);
  const key = digitsIn(user) ?? user.toLowerCase();
  return key === "" || key === "." || key === ".." || key.length > MAX_KEY_LENGTH
    ? DEFAULT_LINE
    : key;
}

/** The user part of a SIP or `tel:` address; anything else as it is. */
export function userOf(address: string): string {
  return address
    .replace(/^[\s\p{Cf}]+/u, "")
    .replace(/^(sips?|tel):/i, "")
    .replace(/[@;].*$/s, "")
    .trim();
}

/** Spaces, dashes, dots, commas, slashes, apostrophes and brackets of all kinds, and the plus. */
const PUNCTUATION = /[+\s\p{Z}\p{Pd}\u2212.,/'\u2018\u2019()[\]]/gu;

/**
 * What is left of a phone number without its punctuation; null where that is not digits alone. Two commas are a pause: what
 * comes after them is dialled later, and belongs to no number.
 */
export function digitsIn(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  const folded = foldedText(text);
  const digits = folded.replace(PUNCTUATION, "");
  return /^\d+$/.test(digits) && !/,\s*,/.test(folded) ? digits : null;
}

/**
 * A text without what nobody sees: full-width signs are the usual ones (NFKC), and the marks that a copied text carries for the
 * direction of writing, or of no width, are gone (Cf).
 */
export function foldedText(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "");
}

/** The other keys under which a number's line may stand: as typed with `+`, then the default line. */
export function otherKeys(key: string): string[] {
  if (key === DEFAULT_LINE) return [];
  return /^\d+$/.test(key) ? [`+${key}`, DEFAULT_LINE] : [DEFAULT_LINE];
}
