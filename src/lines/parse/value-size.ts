/** The maximum size of a line's value. A larger one is not parsed, since calls would wait meanwhile. Pure. */

/** Room for thousands of rooms. KV would allow 25 MiB, but a line is read for every call. */
export const MAX_VALUE_BYTES = 65_536;

export const TOO_LONG = `the value: may have at most ${MAX_VALUE_BYTES / 1024} KiB`;

/** Whether a value has more than `MAX_VALUE_BYTES` in UTF-8. */
export function isTooLong(value: string): boolean {
  if (value.length > MAX_VALUE_BYTES) return true;
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  return value.length * 3 > MAX_VALUE_BYTES
    ? new TextEncoder().encode(value).length > MAX_VALUE_BYTES
    : false;
}

/**
 * How many characters of values are parsed before other requests get a turn: a few milliseconds' worth. A page of a hundred
 * of the longest lines, parsed at once, would delay calls by most of a second.
 */
export const IN_ONE_GO = MAX_VALUE_BYTES / 2;
