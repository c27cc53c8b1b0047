/** The first digits of callers' numbers, as a line's `allow` and `deny` list them. Pure. */
import { fail, ok, type Result } from "../lib/result.ts";
import { digitsIn } from "../vonage/numbers.ts";

/** The longest phone number has 15 digits (E.164). */
const MAX_DIGITS = 15;

/** Whether a caller's number, as `canonicalCaller` gives it, begins with a prefix, which may have been typed with `00`. */
export function isPrefixOf(digits: string, prefix: string): boolean {
  return digits.startsWith(prefix) || digits.startsWith(prefix.replace(/^00(?=[1-9])/, ""));
}

export function parsePrefixes(value: unknown): Result<string[], string[]> {
  if (!Array.isArray(value)) {
    return fail(['must be a list of prefixes, such as ["4930", "+44 20"]']);
  }
  if (value.length === 0) return fail(["is empty: leave it out, or name prefixes"]);
  const prefixes = value.map((item: unknown) => (typeof item === "string" ? digitsIn(item) : null));
  const problems = prefixes.flatMap((prefix, index) => {
    const problem = problemOf(value[index], prefix);
    return problem === null ? [] : [`entry ${index + 1}: ${problem}`];
  });
  const good = prefixes.filter((prefix) => prefix !== null);
  const useless = good.flatMap((prefix, index) =>
    good.some((other, at) => at !== index && covers(other, at, prefix, index))
      ? [`entry ${index + 1}: does nothing, since another entry covers it`]
      : [],
  );
  if (problems.length > 0) return fail(problems);
  return useless.length > 0 ? fail(useless) : ok(good);
}

function problemOf(item: unknown, prefix: string | null): string | null {
  if (typeof item === "number") return 'must be in quotes, such as "4930"';
  return prefix === null || prefix.length > MAX_DIGITS
    ? `must be the first digits of a number, country code first, 1 to ${MAX_DIGITS} of them`
    : null;
}

/** Of two that are the same, the second is the one too many. */
function covers(other: string, at: number, prefix: string, index: number): boolean {
  return prefix === other ? at < index : prefix.startsWith(other);
}

/** Entries of the two lists, where a line has both, that can never change anything, since `deny` beats `allow`. */
export function idlePrefixes(allow: readonly string[], deny: readonly string[]): string[] {
  return [
    ...allow.flatMap((prefix, index) =>
      deny.some((denied) => prefix.startsWith(denied))
        ? [`allow: entry ${index + 1}: does nothing, since deny covers it`]
        : [],
    ),
    ...deny.flatMap((prefix, index) =>
      allow.some((allowed) => prefix.startsWith(allowed) || allowed.startsWith(prefix))
        ? []
        : [`deny: entry ${index + 1}: does nothing, since allow does not let these callers in`],
    ),
  ];
}
