/** Numbers as people write them. */
import { parsePhoneNumberFromString } from "libphonenumber-js/core";
// The build leaves in these only what formatting takes: `phone-formats.ts`.
import formats from "libphonenumber-js/min/metadata";
import { cut } from "../../lib/cut.ts";

const FEWEST_DIGITS = 7;

/** A number with country code in its country's groups; anything else, such as a SIP user or a masked number, as it is. */
export function asPeopleWrite(number: string): string {
  if (!/^\d+$/.test(number) || number.length < FEWEST_DIGITS) return number;
  return parsePhoneNumberFromString(`+${number}`, formats)?.formatInternational() ?? number;
}

/** The carrier's words for a number that is kept back. */
const WITHHELD = /^(unknown|anonymous|restricted|private|unavailable)$/i;

/** Somebody as they are called on the page; where the number does not tell them from others, by their leg too. */
export function callerOf({ caller, leg }: { caller: string | null; leg: string }): string {
  const short = cut(leg, 8);
  if (caller === null || caller === "") return `No number (leg ${short})`;
  return WITHHELD.test(caller) ? `Withheld number (leg ${short})` : asPeopleWrite(caller);
}
