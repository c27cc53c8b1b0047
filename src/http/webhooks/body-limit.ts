/** No webhook is read that is larger than any webhook of the carrier's. */
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maskNumbers } from "../../lib/masking/mask.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import type { WebhookEnv } from "./env.ts";
import { report } from "./respond.ts";

const MAX_BODY_BYTES = 65_536;

/** `refuse`: the response to a larger one. */
export function withinLimit(refuse: (c: Context<WebhookEnv>) => Response): MiddlewareHandler {
  return bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuse });
}

export function tooLarge(c: Context<WebhookEnv>): Response {
  report(c, Date.now(), { route: maskNumbers(c.req.path), outcome: "too large" });
  return c.text("too large\n", 413);
}

export function apologise(c: Context<WebhookEnv>): Response {
  return c.json(apologyNcco());
}
