/** Any other path below `/webhooks`: somebody has entered a wrong address at the carrier. */
import { maskNumbers } from "../../lib/masking/mask.ts";
import type { WebhookContext } from "./env.ts";
import { reportWrongPath } from "./problems.ts";
import { logWebhook } from "./respond.ts";

export function misdirected(c: WebhookContext): Response | Promise<Response> {
  reportWrongPath(c);
  logWebhook(c, { route: maskNumbers(c.req.path), outcome: "no such route" });
  return c.notFound();
}
