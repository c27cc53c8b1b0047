/** Whole numbers in query parameters. */
import type { Context } from "hono";
import { problem } from "../../problem.ts";

/** The most that a `limit` may be, unless a route has its own. */
const MAX_LIMIT = 1_000;

/** `limit`, or another query parameter that starts at 1; a Response where it is not a whole number from 1 to `most`. */
export function limitOf(
  c: Context,
  fallback: number,
  most = MAX_LIMIT,
  name = "limit",
): number | Response {
  return (
    wholeNumber(c.req.query(name), fallback, 1, most) ??
    problem(c, 400, `${name} must be a whole number from 1 to ${most}.`)
  );
}

/** A query parameter, `fallback` where it is missing, null where it is not a whole number from `least` to `most`. */
export function wholeNumber(
  text: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number | null {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
