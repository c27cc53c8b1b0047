/** Phone numbers as people write them. */
import { parsePhoneNumberFromString } from "libphonenumber-js/core";
// The build leaves in these only what formatting takes: `phone-formats.ts`.
import formats from "libphonenumber-js/min/metadata";
import { cut } from "../../lib/cut.ts";

const FEWEST_DIGITS = 7;

/** A number with country code, in its country's groups; anything else, such as a SIP user or a masked number, unchanged. */
export function asPeopleWrite(number: string): string {
  if (!/^\d+$/.test(number) || number.length < FEWEST_DIGITS) return number;
  return parsePhoneNumberFromString(`+${number}`, formats)?.formatInternational() ?? number;
}

/** The carrier's words for a withheld number. */
const WITHHELD = /^(unknown|anonymous|restricted|private|unavailable)$/i;

/** The name of a caller on the page. Without a number it includes the leg, to tell callers apart. */
export function callerOf({ caller, leg }: { caller: string | null; leg: string }): string {
  const short = cut(leg, 8);
  if (caller === null || caller === "") return `No number (leg ${short})`;
  return WITHHELD.test(caller) ? `Withheld number (leg ${short})` : asPeopleWrite(caller);
}
