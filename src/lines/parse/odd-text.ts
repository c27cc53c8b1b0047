/** What became of a line's value on its way into KV, where it is neither a name nor JSON any more. Pure. */

const QUOTES = "\"'`“”„‟‘’‚‛«»‹›";
/** A quote where JSON has a key or a value. */
const OTHER_QUOTE = /[{,:[]\s*(?:(')|[“”„‟‘’‚‛«»‹›])/;

/** What a text of another encoding is; null where it is none. Told before it is parsed, since a name has no such signs either. */
export function encodingProblem(value: string): string | null {
  // oxlint-disable-next-line no-control-regex -- every other byte of English text in UTF-16
  return /\u0000/.test(value) || value.startsWith("\ufffd\ufffd")
    ? "the value: is UTF-16: store it as UTF-8"
    : null;
}

/** `trimmed`: begins with a quote. */
export function isQuoted(trimmed: string): boolean {
  return trimmed !== "" && QUOTES.includes(trimmed.slice(0, 1));
}

export const QUOTED = "the value: leave out the quotes around it";

/** So much of a text is looked at: whoever's editor makes such quotes has them from the beginning on. */
const LOOKED_AT = 1_000;

/** Why a text that begins as JSON is none. */
export function notJson(trimmed: string): string {
  // What stands between JSON's own quotes may have any others in it.
  const bare = trimmed.slice(0, LOOKED_AT).replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  const [found, single] = OTHER_QUOTE.exec(bare) ?? [];
  if (found === undefined) return "the value is neither a conference name nor valid JSON";
  return `the value: has ${single ?? "typographic quotes"} where JSON needs "`;
}
