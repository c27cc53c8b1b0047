/** What an option of an NCCO action may be: small checks that say in words what is wrong with a value. */

/** What is wrong with a value, or null. */
export type Check = (value: unknown) => string | null;

/** What an object's fields may be. */
export interface Table {
  readonly required: readonly string[];
  readonly checks: Readonly<Record<string, Check>>;
  /** What is wrong with fields that are fine one by one. */
  readonly together?: (fields: Record<string, unknown>) => string[];
}

export const bool: Check = (value) => (typeof value === "boolean" ? null : "must be true or false");

export const text: Check = (value) =>
  typeof value === "string" && value !== "" ? null : "must be a text that is not empty";

export const object: Check = (value) => (isObject(value) ? null : "must be an object");

export const oneUrl: Check = (value) =>
  Array.isArray(value) && value.length === 1 && URL.canParse(String(value[0]))
    ? null
    : "must be an array of one absolute URL";

export const texts: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string")
    ? null
    : "must be an array of texts";

/** A number from `least` to `most`. */
export function numberBetween(least: number, most: number): Check {
  return (value) =>
    typeof value === "number" && value >= least && value <= most
      ? null
      : `must be a number from ${least} to ${most}`;
}

/** A whole number from `least` to `most`. */
export function wholeBetween(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && numberBetween(least, most)(value) === null
      ? null
      : `must be a whole number from ${least} to ${most}`;
}

export function oneOf(...values: readonly string[]): Check {
  return (value) =>
    values.some((each) => each === value) ? null : `must be ${values.join(" or ")}`;
}

/** A text of at most that many characters. */
export function textUpTo(most: number): Check {
  return (value) =>
    text(value) ?? (String(value).length <= most ? null : `is longer than ${most} characters`);
}

/** An array of `least` to `most` items that are fine one by one. */
export function arrayOf(check: Check, least: number, most: number): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      return `must be an array of ${least === most ? least : `${least} to ${most}`}`;
    }
    return value.map((item) => check(item)).find((problem) => problem !== null) ?? null;
  };
}

/** An object whose fields are as a table says. */
export function objectOf(table: Table): Check {
  return (value) => {
    if (!isObject(value)) return object(value);
    const problems = tableProblems(table, value);
    return problems.length === 0 ? null : problems.join(", ");
  };
}

/** Everything that is wrong with an object's fields: missing ones, unknown ones, wrong values. */
export function tableProblems(table: Table, fields: Record<string, unknown>): string[] {
  const missing = table.required
    .filter((field) => fields[field] === undefined)
    .map((field) => `${field} is required`);
  const wrong = Object.entries(fields).flatMap(([field, value]) => {
    const check = Object.hasOwn(table.checks, field) ? table.checks[field] : undefined;
    if (check === undefined) return [`${field} is no option`];
    const problem = check(value);
    return problem === null ? [] : [`${field} ${problem}`];
  });
  return [...missing, ...wrong, ...(table.together?.(fields) ?? [])];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
