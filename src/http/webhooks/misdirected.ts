/** A signed webhook to a path that is none: somebody has set up the application wrongly, and is told the right path. */
import type { Context } from "hono";
import { maskNumbers } from "../../lib/masking/mask.ts";
import type { WebhookEnv } from "./env.ts";
import { tellMisdirected } from "./problems.ts";
import { report } from "./respond.ts";

export function misdirectedWebhook(c: Context<WebhookEnv>): Response | Promise<Response> {
  tellMisdirected(c);
  report(c, Date.now(), { route: maskNumbers(c.req.path), outcome: "no such route" });
  return c.notFound();
}
