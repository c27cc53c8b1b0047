/**
 * Brakes the guessing of tokens: after ten wrong ones in a minute from one address no token of that address is compared any
 * more until the minute is over, not even the right one, or the brake would tell which one that is. Right ones never count:
 * an integrator may ask as often as they like. Sessions are not braked, since nobody guesses a cookie's code.
 *
 * Who only may count what failed learns too late that it was one too many. So each isolate counts for itself, at once and
 * exactly, and tells the platform's counter, which all isolates of a location share: an isolate that has not heard of a
 * brake compares one more token, and then knows.
 */
import type { Context } from "hono";
import { FailureCounts } from "../../../lib/failures.ts";
import { log, reasonOf } from "../../../lib/log.ts";
import { networkOf } from "../../../lib/network.ts";
import type { ApiContext } from "../requests/api-env.ts";
import { problem } from "../../problem.ts";

/** As in `wrangler.toml`. */
const MOST_FAILURES = 10;

/** By address. */
const failed = new FailureCounts(1_000);

/** The answer to give to whoever sends a token, where they are to wait; null where it may be compared, or taken. */
export function braked(c: Context, now: number): Response | null {
  const { count, until } = failed.of(addressOf(c), now);
  if (count < MOST_FAILURES) return null;
  c.header("retry-after", String(Math.ceil((until - now) / 1_000)));
  return problem(c, 429, "Too many wrong tokens came from this address. Wait for a minute.");
}

/** Counts a wrong token. */
export async function countFailure(c: ApiContext, now: number): Promise<void> {
  const address = addressOf(c);
  // Before anything is awaited: many may come at once.
  const failures = failed.add(address, now);
  log("wrong token", { route: `${c.req.method} ${c.req.path}`, from: address, failures });
  if (!(await mayGoOn(c.env, address))) failed.fill(address, MOST_FAILURES, now);
}

async function mayGoOn(env: Env, address: string): Promise<boolean> {
  try {
    return (await env.LOGINS.limit({ key: address })).success;
  } catch (error) {
    log("wrong tokens not counted", { reason: reasonOf(error) });
    return true;
  }
}

/** Cloudflare names the address; where nobody does, all share one. */
function addressOf(c: Context): string {
  return networkOf(c.req.header("cf-connecting-ip") || "unknown");
}
