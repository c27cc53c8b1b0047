/** Checks a number and a value before they are written as a line. Pure. */
import { cut } from "../../lib/cut.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { mistypedNumber } from "../../vonage/mistyped-number.ts";
import { DEFAULT_LINE, lineKey } from "../../vonage/numbers.ts";
import { parseLine, type Line } from "../parse/line.ts";
import { HIDDEN } from "../parse/secrets.ts";

/** What a spreadsheet makes of a phone number that it takes for a quantity. */
const ROUNDED = /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i;
const WITH_FRACTION = /^\d{5,}[.,]0+$/;

/** Control and invisible characters, except the two joiners that some scripts and emoji need. */
const UNSEEN = /\p{Cc}|(?![\u200c\u200d])\p{Cf}/u;

/** A line as it would be stored. */
export interface Writable {
  number: string;
  /** As it was given, trimmed. It is not serialized anew: the order of its keys has a meaning. */
  value: string;
  line: Line;
}

/** The KV key for a number that an operator typed. Errors: what is wrong with the number. */
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
  // `lineKey` maps what is no number to the default line, which must not be overwritten by a typing mistake.
  return key === DEFAULT_LINE
    ? fail("number: must be a phone number, a SIP or app user, or * for every other number")
    : ok(key);
}

/** What is wrong with a key that is in KV already; null where nothing is. */
export function keyProblem(key: string): string | null {
  return UNSEEN.test(key) || !key.isWellFormed()
    ? "has characters that no number and no name has"
    : mistypedNumber(key);
}

/** `ceiling`: the highest `maxParticipants` that is allowed. Errors: all problems; none contains a code or a PIN. */
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

/** The operator copied a redacted line, as the API shows it, and wrote it back. */
const HIDES_SOMETHING = new RegExp(`"\\s*${HIDDEN.replaceAll("*", "\\*")}\\s*"`);
const HIDDEN_PROBLEM = `${HIDDEN} stands for a code or a PIN that is not shown: type the code or the PIN itself`;
