/** Cuts text without splitting a surrogate pair: strict parsers refuse a text with half of one. Pure. */

/** The first `most` UTF-16 units of a text, or one less where a surrogate pair would be split. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const isFirstHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isFirstHalf ? most - 1 : most);
}

/** The last `count` characters of a text. */
export function lastOf(text: string, count: number): string {
  // A character has at most two units. Half a character at the beginning of this slice is never among the last `count`.
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join("");
}

/** A JSON value with each lone surrogate replaced by U+FFFD. */
export function wellFormed<T>(value: T): T {
  return whole(value) as T;
}

function whole(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(whole);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), whole(inner)]),
  );
}

/**
 * Parses JSON from outside, and replaces lone surrogates. Few texts have any, so a cheap test for their escapes (`\ud83d`)
 * comes first.
 */
export function parsedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return /\\u[dD][89a-fA-F]/.test(text) || !text.isWellFormed() ? wellFormed(value) : value;
}
