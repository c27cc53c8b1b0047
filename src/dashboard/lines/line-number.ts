/** The number of a line in words. */
import { DEFAULT_LINE } from "../../vonage/numbers.ts";
import { asPeopleWrite } from "../shell/phone.ts";

/** A key may stand there with a `+`, as somebody typed it. */
export function writtenNumber(key: string): string {
  return key === DEFAULT_LINE ? "Every other number" : asPeopleWrite(key.replace(/^\+(?=\d)/, ""));
}
