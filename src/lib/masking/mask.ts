/** Masks callers, numbers and addresses in text of any kind. Pure. */
import { cut, lastOf } from "../cut.ts";

const SHOWN = 2;
/** Stands in place of what is hidden. */
export const HIDDEN = "***";
const MASKED = /^\*\*\*.{0,2}$/su;

/**
 * A caller for the log: only the last two characters, and not the length. Works on any string, because a caller may be a number,
 * a SIP address, an app user or the word `Unknown`. Idempotent.
 */
export function mask(caller: string): string {
  if (MASKED.test(caller)) return caller;
  const end = lastOf(caller, SHOWN);
  return end === caller ? HIDDEN : HIDDEN + end;
}

/** The longest foreign text in a log line or a problem, in characters. */
const MAX_LENGTH = 200;

/** Foreign text for the log: cut, and without anything that could be a number or an address. */
export function maskNumbers(text: string): string {
  return withoutNumbers(withoutAddresses(cut(text, MAX_LENGTH)));
}

/**
 * Foreign text within a sentence of ours. We use these quotation marks for nothing else, so that `withoutQuotes` can remove
 * everything foreign for viewers.
 */
export function quoted(text: string): string {
  return `“${maskNumbers(text).replace(/[“”]/g, "'")}”`;
}

/** A text of ours with every foreign quotation hidden. */
export function withoutQuotes(text: string): string {
  return text.replace(/“[^”]*(?:”|$)/g, `“${HIDDEN}”`);
}

/** SIP and mail addresses, also escaped as in a URL, with the display name before an address in angle brackets. */
const ADDRESS =
  /(?:"[^"]*"\s*)?<?\b(?:sips?|tel|mailto)(?::|%3a)[^\s<>"“”]+>?|[^\s<>"“”,;:()]{1,128}(?:@|%40)[^\s<>"“”,;()]+/gi;
/** A cheap test first: every address has one of these, and most texts have none. */
const ADDRESS_SIGN = /@|%40|(?:sips?|tel|mailto)(?::|%3a)/i;

export function withoutAddresses(text: string): string {
  return replaced(text, (plain) =>
    ADDRESS_SIGN.test(plain) ? plain.replace(ADDRESS, HIDDEN) : plain,
  );
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;
export const WHOLE_TIME = new RegExp(`^${TIME.source}$`);
/** An id of the carrier: a UUID with or without dashes, and with a prefix for a conversation. */
export const WHOLE_ID = new RegExp(`^(?:[A-Z]{3}-)?(?:${UUID.source}|[\\da-f]{32})$`, "i");

/**
 * Times and ids match first, so that they are not taken for numbers. A number is five or more digits of any script, with up to four
 * characters between two of them that are neither letters nor digits.
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

/** Searches the text in its compatibility form (NFKC), where every digit is a plain one. A text with nothing to hide is unchanged. */
function replaced(text: string, hide: (plain: string) => string): string {
  const plain = text.normalize("NFKC");
  const shown = hide(plain);
  return shown === plain ? text : shown;
}
