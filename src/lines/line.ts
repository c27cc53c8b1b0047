/** A line: what a called number leads to. Parsed once, from what an operator typed into KV. */
import * as v from "valibot";
import { fail, ok, type Result } from "../lib/result.ts";
import { heard, MAX_SPOKEN_LENGTH } from "../vonage/ncco.ts";
import { isObject } from "../vonage/payload.ts";

const PROBLEM = {
  conference: "must be 1 to 100 letters, digits, dots, underscores or hyphens",
  text: `must be text of at most ${MAX_SPOKEN_LENGTH} characters`,
  language: "must be a language tag such as en-GB",
  style: "must be a whole number from 0 on",
  boolean: "must be true or false, without quotes",
  url: "must be an https:// or http:// address",
};

/** `.` and `..` are no names: no URL could ask for them. */
export const ConferenceName = v.pipe(
  v.string(PROBLEM.conference),
  v.trim(),
  v.regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, PROBLEM.conference),
);

const Flag = v.boolean(PROBLEM.boolean);
const WebAddress = v.pipe(
  v.string(),
  v.trim(),
  v.check((text) => URL.canParse(text) && /^https?:/i.test(text)),
);
const Greeting = v.pipe(
  v.string(PROBLEM.text),
  v.trim(),
  v.check((text) => heard(text).length <= MAX_SPOKEN_LENGTH, PROBLEM.text),
);

const ENTRIES = {
  conference: ConferenceName,
  /** What the caller hears first; empty for nothing. */
  greeting: v.optional(Greeting),
  language: v.optional(
    v.pipe(
      v.string(PROBLEM.language),
      v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, PROBLEM.language),
    ),
  ),
  style: v.optional(
    v.pipe(v.number(PROBLEM.style), v.integer(PROBLEM.style), v.minValue(0, PROBLEM.style)),
  ),
  premium: v.optional(Flag),
  startOnEnter: v.optional(Flag),
  endOnExit: v.optional(Flag),
  /** One address, alone or in an array as the carrier wants it. */
  musicOnHoldUrl: v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) =>
        Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value,
      ),
      v.check((value) => v.is(WebAddress, value), PROBLEM.url),
      v.transform((value) => v.parse(WebAddress, value)),
    ),
  ),
  record: v.optional(Flag),
  mute: v.optional(Flag),
};
const LineSchema = v.object(ENTRIES, "must be a conference name or a JSON object");

export type Line = v.InferOutput<typeof LineSchema>;

/** A line's value as the operator stored it, either a conference name or a JSON object. Errors: every problem, by key. */
export function parseLine(value: string): Result<Line, string[]> {
  const trimmed = value.trim();
  if (!/^[{["]/.test(trimmed)) return validated({ conference: trimmed });
  try {
    return validated(JSON.parse(trimmed));
  } catch {
    return fail(["the value is neither a conference name nor valid JSON"]);
  }
}

function validated(value: unknown): Result<Line, string[]> {
  const result = v.safeParse(LineSchema, value);
  const problems = [...(result.issues ?? []).map(problemOf), ...unknownKeys(value)];
  return result.success && problems.length === 0 ? ok(result.output) : fail(problems);
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const key = v.getDotPath(issue);
  const missing = key !== null && issue.input === undefined;
  return `${key ?? "the value"}: ${missing ? "is missing" : issue.message}`;
}

/** A misspelt key must not pass for an option that was never asked for. */
function unknownKeys(value: unknown): string[] {
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys
    .filter((key) => !Object.hasOwn(ENTRIES, key))
    .map((key) => `${key}: is not a key of a line`);
}

/**
 * Callers of a line that says that the room starts with them, or ends with them, are its moderators. A plain room has
 * none.
 */
export function roleOf(line: Line): "moderator" | "guest" {
  return line.startOnEnter === true || line.endOnExit === true ? "moderator" : "guest";
}
