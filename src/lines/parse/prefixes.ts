/** Number prefixes, as a line's `allow` and `deny` list them. Pure. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { digitsIn } from "../../vonage/numbers.ts";

/** The longest phone number has 15 digits (E.164). */
const MAX_DIGITS = 15;

/** Whether a number, as `canonicalCaller` returns it, begins with a prefix. The prefix may have been typed with a leading `00`. */
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
  if (problems.length > 0) return fail(problems);
  const good = prefixes.filter((prefix) => prefix !== null);
  // Of two equal entries, the second is reported.
  const first = new Map(good.map((prefix, index) => [prefix, index] as const).toReversed());
  const useless = good.flatMap((prefix, index) =>
    first.get(prefix) !== index || shorter(prefix).some((other) => first.has(other))
      ? [`entry ${index + 1}: does nothing, since another entry covers it`]
      : [],
  );
  return useless.length > 0 ? fail(useless) : ok(good);
}

function problemOf(item: unknown, prefix: string | null): string | null {
  if (typeof item === "number") return 'must be in quotes, such as "4930"';
  return prefix === null || prefix.length > MAX_DIGITS
    ? `must be the first digits of a number, country code first, 1 to ${MAX_DIGITS} of them`
    : null;
}

/** All shorter prefixes of a prefix. */
function shorter(prefix: string): string[] {
  return Array.from({ length: prefix.length - 1 }, (_, index) => prefix.slice(0, index + 1));
}

/** Entries that have no effect, where a line has both lists: `deny` takes precedence over `allow`. */
export function idlePrefixes(allow: readonly string[], deny: readonly string[]): string[] {
  const [allowed, denied] = [new Set(allow), new Set(deny)];
  const beginnings = new Set(allow.flatMap((prefix) => [prefix, ...shorter(prefix)]));
  return [
    ...allow.flatMap((prefix, index) =>
      [prefix, ...shorter(prefix)].some((one) => denied.has(one))
        ? [`allow: entry ${index + 1}: does nothing, since deny covers it`]
        : [],
    ),
    ...deny.flatMap((prefix, index) =>
      beginnings.has(prefix) || shorter(prefix).some((one) => allowed.has(one))
        ? []
        : [`deny: entry ${index + 1}: does nothing, since allow does not let these callers in`],
    ),
  ];
}
