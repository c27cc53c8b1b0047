const SHOWN = 2;

/**
 * A caller for the log: the last two characters, the rest hidden, its length too. Works on any string, since a
 * caller may be a number, a SIP address, an app user or the word `Unknown`.
 */
export function mask(caller: string): string {
  return caller.length > SHOWN ? `***${caller.slice(-SHOWN)}` : "***";
}

/** Somebody else's words for the log: without anything that could be a number, and not at any length. */
export function maskNumbers(text: string): string {
  return text.slice(0, 200).replace(/\d[\d\s().-]{2,}\d/g, mask);
}
