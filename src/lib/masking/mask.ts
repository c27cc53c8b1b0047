/** Hides who calls, in text of any kind. Pure. */
import { cut, lastOf } from "../cut.ts";

const SHOWN = 2;
/** What stands for something that nobody is shown. */
export const HIDDEN = "***";
const MASKED = /^\*\*\*.{0,2}$/su;

/**
 * A caller for the log: the last two characters, the rest hidden, its length too. Works on any string, since a
 * caller may be a number, a SIP address, an app user or the word `Unknown`.
 */
export function mask(caller: string): string {
  if (MASKED.test(caller)) return caller;
  const end = lastOf(caller, SHOWN);
  return end === caller ? HIDDEN : HIDDEN + end;
}

/** Longer than this nobody's words are kept in a log or a problem. */
const MOST_WORDS = 200;

/** Somebody else's words for the log: without anything that could be a number or an address, and not at any length. */
export function maskNumbers(text: string): string {
  return withoutNumbers(withoutAddresses(cut(text, MOST_WORDS)));
}

/**
 * Somebody else's words within ours: between quotation marks that stand nowhere else, so that they can be told from ours,
 * which alone everybody is shown.
 */
export function quoted(text: string): string {
  return `“${maskNumbers(text).replace(/[“”]/g, "'")}”`;
}

/** Our own words alone. */
export function withoutQuotes(text: string): string {
  return text.replace(/“[^”]*(?:”|$)/g, `“${HIDDEN}”`);
}

/** SIP and mail addresses, also as they stand in a URL. A name before one in angle brackets goes with it. */
const ADDRESS =
  /(?:"[^"]*"\s*)?<?\b(?:sips?|tel|mailto)(?::|%3a)[^\s<>"“”]+>?|[^\s<>"“”,;:()]{1,128}(?:@|%40)[^\s<>"“”,;()]+/gi;
/** What an address has, so that the many texts without one are not searched. */
const SIGN = /@|%40|(?:sips?|tel|mailto)(?::|%3a)/i;

export function withoutAddresses(text: string): string {
  return replaced(text, (plain) => (SIGN.test(plain) ? plain.replace(ADDRESS, HIDDEN) : plain));
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;
export const WHOLE_TIME = new RegExp(`^${TIME.source}$`);
/** An id as the carrier makes them: a UUID, as it is or without its dashes, of a conversation with letters before it. */
export const WHOLE_ID = new RegExp(`^(?:[A-Z]{3}-)?(?:${UUID.source}|[\\da-f]{32})$`, "i");

/**
 * What looks like a number and is none goes first; a number is five digits or more, of any script, whatever stands between
 * them that is neither letter nor digit.
 */
const NUMBER = new RegExp(
  `(?<![\\da-z])(?:${TIME.source}|${UUID.source}|[\\da-f]{32})(?![\\da-z])|(\\p{Nd}(?:[^\\p{L}\\p{N}]{0,4}\\p{Nd}){4,})`,
  "giu",
);

export function withoutNumbers(text: string): string {
  return replaced(text, (plain) =>
    plain.replace(NUMBER, (found: string, number: string | undefined) =>
      number === undefined ? found : mask(number.replace(/\P{Nd}/gu, "")),
    ),
  );
}

/** Looks at a text as it reads, in plain letters and digits (NFKC); one in which there is nothing to hide stays as it was. */
function replaced(text: string, hide: (plain: string) => string): string {
  const plain = text.normalize("NFKC");
  const shown = hide(plain);
  return shown === plain ? text : shown;
}
