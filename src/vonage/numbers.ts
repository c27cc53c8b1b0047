/** Turns a called number, SIP address or app user into the key of its line. Pure. */

/** In UTF-16 units. KV takes keys of up to 512 bytes, and no number or sensible SIP user is this long. */
const MAX_KEY_LENGTH = 128;

/** The key of the line for every called number that has no line of its own. */
export const DEFAULT_LINE = "*";

/**
 * The digits of a phone number; for anything else the user part in lower case. If that is empty or cannot be a key, the default
 * line.
 */
export function lineKey(called: string): string {
  const user = userOf(called);
  const key = digitsIn(user) ?? user.toLowerCase();
  return key === "" || key === "." || key === ".." || key.length > MAX_KEY_LENGTH
    ? DEFAULT_LINE
    : key;
}

/** The user part of a SIP or `tel:` address; any other text as it is. */
export function userOf(address: string): string {
  return address
    .replace(/^[\s\p{Cf}]+/u, "")
    .replace(/^(sips?|tel):/i, "")
    .replace(/[@;].*$/s, "")
    .trim();
}

/** The punctuation of phone numbers: plus, spaces, dashes, dots, commas, slashes, apostrophes and brackets. */
const PUNCTUATION = /[+\s\p{Z}\p{Pd}\u2212.,/'\u2018\u2019()[\]]/gu;

/**
 * A phone number without its punctuation; null if anything but digits is left. Two commas are a pause: the digits after them
 * are dialled later, and are not part of the number.
 */
export function digitsIn(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  const folded = foldedText(text);
  const digits = folded.replace(PUNCTUATION, "");
  return /^\d+$/.test(digits) && !/,\s*,/.test(folded) ? digits : null;
}

/**
 * A text in its compatibility form (NFKC: full-width characters become plain ones), without the invisible format characters
 * (Cf) that copied texts often contain.
 */
export function foldedText(text: string): string {
  return text.normalize("NFKC").replace(/\p{Cf}/gu, "");
}

/** The other keys under which a line may be stored, in the order of preference: with a typed `+`, then the default line. */
export function otherKeys(key: string): string[] {
  if (key === DEFAULT_LINE) return [];
  return /^\d+$/.test(key) ? [`+${key}`, DEFAULT_LINE] : [DEFAULT_LINE];
}
