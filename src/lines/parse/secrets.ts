/** What nobody may read who can read a line's problems: its codes and PINs, wherever they were typed. Pure. */

export const HIDDEN = "***";

/** A key that an operator typed, for a message. One with digits in it may be a code in the wrong place. */
export function nameable(key: string): string {
  return /\d/.test(key) ? HIDDEN : key;
}
