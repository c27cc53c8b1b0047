/** Numbers as people write them. */
import { parsePhoneNumberFromString } from "libphonenumber-js/core";
// The build leaves in these only what formatting takes: `phone-formats.ts`.
import formats from "libphonenumber-js/min/metadata";

const FEWEST_DIGITS = 7;

/** A number with country code in its country's groups; anything else, such as a SIP user or a masked number, as it is. */
export function asPeopleWrite(number: string): string {
  if (!/^\d+$/.test(number) || number.length < FEWEST_DIGITS) return number;
  return parsePhoneNumberFromString(`+${number}`, formats)?.formatInternational() ?? number;
}

/** `caller`: of a participant. */
export function callerOf(caller: string | null): string {
  return caller === null || caller === "" ? "No number" : asPeopleWrite(caller);
}
