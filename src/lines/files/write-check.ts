/** What may be written as a line: the number that it is of, and its value. Pure. */
import { cut } from "../../lib/cut.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { mistypedNumber } from "../../vonage/mistyped-number.ts";
import { DEFAULT_LINE, lineKey } from "../../vonage/numbers.ts";
import { parseLine, type Line } from "../parse/line.ts";
import { HIDDEN } from "../parse/secrets.ts";

/** What becomes of a number that a spreadsheet takes for a quantity. */
const ROUNDED = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;
const WITH_FRACTION = /^\d{5,}[.,]0+$/;

/** Control characters, and what nobody sees but for the two that join letters, as some scripts and emoji need. */
const UNSEEN = /\p{Cc}|(?![\u200c\u200d])\p{Cf}/u;

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
  if (number === DEFAULT_LINE) return ok(number);
  const key = lineKey(number);
  const problem = mistypedNumber(number) ?? keyProblem(key);
  if (problem !== null) return fail(`number: ${problem}`);
  // What is no number belongs to the default line, which must not be replaced by a slip.
  return key === DEFAULT_LINE
    ? fail("number: must be a phone number, a SIP or app user, or * for every other number")
    : ok(key);
}

/** What is wrong with a key by itself, whoever put it into KV; null for nothing. */
export function keyProblem(key: string): string | null {
  return UNSEEN.test(key) || !key.isWellFormed()
    ? "has characters that no number and no name has"
    : mistypedNumber(key);
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
    ...(line.ok ? (line.value.warnings ?? []) : line.error),
    ...(line.ok || !HIDES_SOMETHING.test(value) ? [] : [HIDDEN_PROBLEM]),
  ];
  return number.ok && line.ok && problems.length === 0
    ? ok({ number: number.value, value, line: line.value })
    : fail(problems);
}

/** Somebody took what is shown of a line for the line. */
const HIDES_SOMETHING = new RegExp(`"\\s*${HIDDEN.replaceAll("*", "\\*")}\\s*"`);
const HIDDEN_PROBLEM = `${HIDDEN} stands for a code or a PIN that is not shown: type the code or the PIN itself`;
