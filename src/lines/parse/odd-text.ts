/** Recognises values that a shell or an editor has damaged on their way into KV, to say what happened to them. Pure. */

const QUOTES = "\"'`“”„‟‘’‚‛«»‹›";
/** A quote that JSON does not know, where a key or a value begins. */
const OTHER_QUOTE = /[{,:[]\s*(?:(')|[“”„‟‘’‚‛«»‹›])/;

/** The problem of a text that is not UTF-8; null where it is. It is checked first, since neither a name nor JSON can have it. */
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

/** Only the beginning of a text is searched, in characters: an editor that makes such quotes makes them everywhere. */
const LOOKED_AT = 1_000;

/** Why a text that begins like JSON cannot be parsed. */
export function notJson(trimmed: string): string {
  // Strings in valid quotes may contain any other quotes, so they are emptied first.
  const bare = trimmed.slice(0, LOOKED_AT).replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  const [found, single] = OTHER_QUOTE.exec(bare) ?? [];
  if (found === undefined) return "the value is neither a conference name nor valid JSON";
  return `the value: has ${single ?? "typographic quotes"} where JSON needs "`;
}
