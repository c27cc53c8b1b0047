/**
 * Limits the rate of wrong tokens: after ten in a minute from one address, no token from that address is compared for the
 * rest of the minute, not even a right one: comparing it would tell which token is right. Right tokens never count, so an
 * integrator may send any number of requests. Sessions are not limited: the code of a cookie cannot be guessed.
 *
 * A counter that is asked only after a failure answers one failure too late. So each isolate counts exactly by itself, and
 * reports to the platform's rate limiter, which all isolates of a location share: an isolate that has not heard of the limit
 * compares one more token, and then knows.
 */
import type { Context } from "hono";
import { FailureCounts } from "../../../lib/failures.ts";
import { log, reasonOf } from "../../../lib/log.ts";
import { networkOf } from "../../../lib/network.ts";
import { problem } from "../../problem.ts";
import type { ApiContext } from "../requests/context.ts";

/** Wrong tokens a minute; the same as in `wrangler.toml`. */
const MAX_FAILURES = 10;

/** By network address. */
const failed = new FailureCounts(1_000);

/** The reply to a token from an address that must wait; null where the token may be compared. */
export function refuseLimited(c: Context, now: number): Response | null {
  const { count, until } = failed.of(addressOf(c), now);
  if (count < MAX_FAILURES) return null;
  c.header("retry-after", String(Math.ceil((until - now) / 1_000)));
  return problem(c, 429, "Too many wrong tokens came from this address. Wait for a minute.");
}

/** Counts a wrong token. */
export async function countFailure(c: ApiContext, now: number): Promise<void> {
  const address = addressOf(c);
  // Before the first await: many requests may come at once.
  const failures = failed.add(address, now);
  log("wrong token", { route: `${c.req.method} ${c.req.path}`, from: address, failures });
  if (!(await isBelowLimit(c.env, address))) failed.fill(address, MAX_FAILURES, now);
}

async function isBelowLimit(env: Env, address: string): Promise<boolean> {
  try {
    return (await env.LOGINS.limit({ key: address })).success;
  } catch (error) {
    log("wrong tokens not counted", { reason: reasonOf(error) });
    return true;
  }
}

/** Cloudflare names the client's address; without it all clients share one count. */
function addressOf(c: Context): string {
  return networkOf(c.req.header("cf-connecting-ip") || "unknown");
}
