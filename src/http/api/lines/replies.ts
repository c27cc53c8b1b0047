/** Replies about KV, which is eventually consistent and may fail. */
import type { Context } from "hono";
import { log, reasonOf } from "../../../lib/log.ts";
import { problem } from "../../problem.ts";

export const LAGS =
  "This is what was written. KV may take a minute, and sometimes longer, to say so everywhere.";
export const DRY_RUN = "Nothing was written.";

/** Whether only to check; a Response for any other query, which could be a misspelt `dryRun`. */
export function dryRunOf(c: Context): boolean | Response {
  const names = Object.keys(c.req.query());
  const value = c.req.query("dryRun") ?? "false";
  return names.every((name) => name === "dryRun") && /^(true|false)$/.test(value)
    ? value === "true"
    : problem(c, 400, "dryRun must be true or false, and there is nothing else to be set here.");
}

export function unreadable(c: Context, error: unknown): Response {
  log("lines unavailable", { reason: reasonOf(error) });
  return problem(c, 503, "The lines cannot be read right now. Please try again.");
}

export function unwritable(c: Context, error: unknown): Response {
  log("lines not written", { reason: reasonOf(error) });
  const detail =
    "KV did not confirm it, so it may be done or not. Please do it again: to do it twice does no harm.";
  return problem(c, 503, detail);
}
