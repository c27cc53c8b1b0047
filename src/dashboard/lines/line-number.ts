/** The number of a line in words. */
import { DEFAULT_LINE } from "../../vonage/numbers.ts";
import { asPeopleWrite } from "../shell/phone.ts";

/** A key may have a `+`, if it was written so into KV. */
export function writtenNumber(key: string): string {
  return key === DEFAULT_LINE ? "Every other number" : asPeopleWrite(key.replace(/^\+(?=\d)/, ""));
}
