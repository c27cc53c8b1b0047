/** Whole numbers in query parameters. */
import { problem } from "../../problem.ts";
import type { ApiContext } from "./api-env.ts";

/** A query parameter, `fallback` where it is missing, null where it is no whole number from `least` to `most`. */
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

/** The query parameter `limit`, or the error where it is none. */
export function limitOf(c: ApiContext, fallback: number, most: number): number | Response {
  const limit = wholeNumber(c.req.query("limit"), fallback, 1, most);
  return limit ?? problem(c, 400, `limit must be a whole number from 1 to ${most}.`);
}
