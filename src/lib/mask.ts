const SHOWN = 2;

/**
 * A caller for the log: the last two characters, the rest hidden, its length too. Works on any string, since a
 * caller may be a number, a SIP address, an app user or the word `Unknown`.
 */
export function mask(caller: string): string {
  return caller.length > SHOWN ? `***${caller.slice(-SHOWN)}` : "***";
}
