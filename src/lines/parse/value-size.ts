/** How long a line's value may be: one that is longer is not even parsed, since calls wait meanwhile. Pure. */

/** Thousands of rooms fit in. KV takes 25 MiB, and a line is read for every call. */
export const MAX_VALUE_BYTES = 65_536;

export const TOO_LONG = `the value: may have at most ${MAX_VALUE_BYTES / 1024} KiB`;

/** Whether a value has more than `MAX_VALUE_BYTES` in UTF-8. */
export function isTooLong(value: string): boolean {
  if (value.length > MAX_VALUE_BYTES) return true;
  // No unit of UTF-16 takes more than three bytes.
  return value.length * 3 > MAX_VALUE_BYTES
    ? new TextEncoder().encode(value).length > MAX_VALUE_BYTES
    : false;
}

/**
 * So much of values is read in one go, in characters, before calls have their turn: a few milliseconds. A page of a hundred of
 * the longest lines would keep them waiting for most of a second.
 */
export const IN_ONE_GO = MAX_VALUE_BYTES / 2;
