/** What may be written as a line: the number that it is of, and its value. Pure. */
import { cut } from "../lib/cut.ts";
import { fail, ok, type Result } from "../lib/result.ts";
import { DEFAULT_LINE, lineKey } from "../vonage/numbers.ts";
import { parseLine, type Line } from "./line.ts";
import { HIDDEN } from "./secrets.ts";

/** Thousands of rooms fit in. A line is read for every call. */
export const MAX_VALUE_BYTES = 65_536;

/** What becomes of a number that a spreadsheet takes for a quantity. */
const ROUNDED = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;
const WITH_FRACTION = /^\d{5,}[.,]0+$/;

/** A line as it would be stored. */
export interface Writable {
  number: string;
  /** As it was given, without the blanks around it: another order of its keys may be another line. */
  value: string;
  line: Line;
}

/** The key of the line of a number that somebody typed. Errors: what is wrong with it. */
export function numberToWrite(typed: string): Result<string, string> {
  const number = typed.trim();
  if (number === "") return fail("number: is missing");
  if (ROUNDED.test(number) || WITH_FRACTION.test(number)) {
    return fail(
      `number: ${cut(number, 30)} is what a spreadsheet makes of a number: give its column the format of text, and type the number anew`,
    );
  }
  const key = lineKey(number);
  // oxlint-disable-next-line no-control-regex -- these are what it must not have
  if (/[\u0000-\u001f\u007f]/.test(key) || !key.isWellFormed()) {
    return fail("number: has characters that no number and no name has");
  }
  // What is no number belongs to the default line, which must not be replaced by a slip.
  return key === DEFAULT_LINE && number !== DEFAULT_LINE
    ? fail("number: must be a phone number, a SIP or app user, or * for every other number")
    : ok(key);
}

/** `ceiling`: the most that `maxParticipants` may say. Errors: every problem, none of which holds a code or a PIN. */
export function checkLine(
  typed: string,
  text: string,
  ceiling: number,
): Result<Writable, string[]> {
  const number = numberToWrite(typed);
  const value = text.trim();
  const line = parseLine(value, ceiling);
  const problems = [
    ...(number.ok ? [] : [number.error]),
    ...(line.ok ? [] : line.error),
    ...(line.ok || !HIDES_SOMETHING.test(value) ? [] : [HIDDEN_PROBLEM]),
    ...(new TextEncoder().encode(value).length > MAX_VALUE_BYTES ? [TOO_LONG] : []),
  ];
  return number.ok && line.ok && problems.length === 0
    ? ok({ number: number.value, value, line: line.value })
    : fail(problems);
}

/** Somebody took what is shown of a line for the line. */
const HIDES_SOMETHING = new RegExp(`"\\s*${HIDDEN.replaceAll("*", "\\*")}\\s*"`);
const HIDDEN_PROBLEM = `${HIDDEN} stands for a code or a PIN that is not shown: type the code or the PIN itself`;
const TOO_LONG = `the value: may have at most ${MAX_VALUE_BYTES / 1024} KiB`;
