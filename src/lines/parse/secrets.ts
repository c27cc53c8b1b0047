/** Hides codes and PINs in messages and API answers, wherever they were typed. Pure. */

export const HIDDEN = "***";

/** A key as a message may show it. A key with digits may be a code in the wrong place, and is hidden. */
export function nameable(key: string): string {
  return /\d/.test(key) ? HIDDEN : key;
}
