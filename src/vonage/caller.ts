/** Who calls, in one spelling, so that what was said of a caller holds however the carrier writes them next time. Pure. */
import { digitsIn, foldedText, userOf } from "./numbers.ts";
import { isWithheld } from "./withheld.ts";

/** As some suppliers write the `+`. No country's number begins with 0, and an extension such as `007` is no number. */
const INTERNATIONAL_PREFIX = /^00(?=[1-9]\d{6})/;

/**
 * The digits of a phone number in any spelling; of anything else, a SIP or app user, the user part in lower case. Null for a
 * number that is withheld: such callers are not told from each other.
 */
export function canonicalCaller(caller: string): string | null {
  const address = inner(folded(caller)).trim();
  const user = /^sips?:/i.test(address) ? sipUser(userOf(address)) : userOf(address);
  const digits = digitsIn(user);
  const canonical = digits?.replace(INTERNATIONAL_PREFIX, "") ?? user.toLowerCase();
  return isWithheld(canonical) ? null : canonical;
}

/** Whether two spellings are of one caller. Who is withheld is nobody's double, not even another withheld one's. */
export function isSameCaller(one: string, other: string): boolean {
  const canonical = canonicalCaller(one);
  return canonical !== null && canonical === canonicalCaller(other);
}

/** Full width and the like as what they look like, and nothing that cannot be seen. */
function folded(text: string): string {
  return foldedText(text).replace(/\p{Cc}/gu, "");
}

/** The address in `"Alice" <sip:alice@example.com>`; anything else as it is. */
function inner(text: string): string {
  return /<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text;
}

/** Without a password, and without the escapes that an address may have for any of its characters (RFC 3261, 19.1.1). */
function sipUser(user: string): string {
  const name = user.replace(/:.*$/s, "");
  try {
    return folded(decodeURIComponent(name)).trim();
  } catch {
    return name;
  }
}
