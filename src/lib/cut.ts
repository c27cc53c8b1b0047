/** Cutting text without cutting a character in two: half a surrogate pair is no text, and strict parsers refuse it. Pure. */

/** The beginning of a text, at most `most` UTF-16 units long; one less where a character would be cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const isFirstHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isFirstHalf ? most - 1 : most);
}

/** The last `count` characters of a text. */
export function lastOf(text: string, count: number): string {
  // A character has two units at most; where the first of them is half of one, it is none of the last.
  return Array.from(text.slice(-2 * count))
    .slice(-count)
    .join("");
}

/** Any JSON value with whole characters only: an escape such as `\ud83d` alone stands for half of one. */
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

/** JSON from somebody else, with whole characters only. Their halves can only be escapes, which few texts have. */
export function parsedJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return /\\u[dD][89a-fA-F]/.test(text) || !text.isWellFormed() ? wellFormed(value) : value;
}
