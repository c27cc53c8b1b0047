/** The canonical spelling of a caller, so that lists and bans match however the carrier writes the caller next time. Pure. */
import { digitsIn, foldedText, userOf } from "./numbers.ts";
import { isWithheld } from "./withheld.ts";

/** `00`, which some suppliers write for the `+`. No country code begins with 0, and short extensions such as `007` are kept. */
const INTERNATIONAL_PREFIX = /^00(?=[1-9]\d{6})/;

/**
 * The digits of a phone number; for a SIP or app user, the user part in lower case. Null for a withheld number, because such
 * callers cannot be told apart.
 */
export function canonicalCaller(caller: string): string | null {
  const address = inner(folded(caller)).trim();
  const user = /^sips?:/i.test(address) ? sipUser(userOf(address)) : userOf(address);
  const digits = digitsIn(user);
  const canonical = digits?.replace(INTERNATIONAL_PREFIX, "") ?? user.toLowerCase();
  return isWithheld(canonical) ? null : canonical;
}

/** Whether two spellings are the same caller. A withheld number is never the same as another, not even a withheld one. */
export function isSameCaller(one: string, other: string): boolean {
  const canonical = canonicalCaller(one);
  return canonical !== null && canonical === canonicalCaller(other);
}

/** Compatibility characters (full width and the like) as their plain form, without invisible and control characters. */
function folded(text: string): string {
  return foldedText(text).replace(/\p{Cc}/gu, "");
}

/** The address within `"Alice" <sip:alice@example.com>`; any other text as it is. */
function inner(text: string): string {
  return /<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text;
}

/** The user without a password, and with every escape decoded (RFC 3261, 19.1.1). */
function sipUser(user: string): string {
  const name = user.replace(/:.*$/s, "");
  try {
    return folded(decodeURIComponent(name)).trim();
  } catch {
    return name;
  }
}
