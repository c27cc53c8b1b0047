/** The replies to webhooks, and the one log line that each webhook leaves. */
import type { Answer } from "../../calls/admit.ts";
import { errorReason } from "../../calls/carrier-error.ts";
import { log, reasonOf, type LogFields } from "../../lib/log.ts";
import { mask, maskNumbers } from "../../lib/masking/mask.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import type { PayloadError } from "../../vonage/payload.ts";
import { contentType, type WebhookContext, type WebhookEnv } from "./env.ts";
import { reportCarrierError } from "./problems.ts";

/** One line a webhook. */
export function logWebhook(c: WebhookContext, fields: LogFields): void {
  // One whose body is too large is logged before it is checked.
  const { payload, call } = c.var as Partial<WebhookEnv["Variables"]>;
  log("webhook", {
    method: c.req.method,
    ...fields,
    ...(call?.unexplained === true ? { payload_hash: "unexplained" } : {}),
    ...(payload?.ok === false ? { type: contentType(c) } : {}),
    ms: call === undefined ? 0 : Date.now() - call.now,
  });
}

/** An NCCO; the log says who heard it. */
export function ncco(
  c: WebhookContext,
  fields: { route: string; kind: string; leg: string | null; line: string; caller: string },
  { ncco: actions, conference, outcome }: Answer,
): Response {
  logWebhook(c, { ...fields, caller: mask(fields.caller), conference, outcome });
  return c.json(actions);
}

/** 204 once `store` has resolved, whose result is logged; 503, which the carrier retries, where it rejects. */
export async function acknowledge(
  c: WebhookContext,
  fields: LogFields,
  store: () => Promise<{ outcome: string; conference: string | null }>,
): Promise<Response> {
  try {
    logWebhook(c, { ...fields, ...(await store()) });
    return c.body(null, 204);
  } catch (error) {
    logWebhook(c, { ...fields, outcome: "not stored", reason: reasonOf(error) });
    return c.text("not stored, please try again\n", 503);
  }
}

/** The reply where the carrier must hear something, and we know nothing better. */
export function apology(c: WebhookContext, fields: LogFields): Response {
  logWebhook(c, fields);
  return c.json(apologyNcco());
}

/** The reply to the carrier's report of an error where it expects an NCCO. */
export function errorApology(c: WebhookContext, route: string): Response {
  const payload = c.var.payload.ok ? c.var.payload.value : {};
  reportCarrierError(c, null, payload);
  return apology(c, { route, kind: "error", outcome: "apology", ...errorReason(payload) });
}

/** The reply to a webhook at a callback URL that we did not make. */
export function notOurUrl(c: WebhookContext, route: string): Response {
  const { payload } = c.var;
  return apology(c, { route, outcome: payload.ok ? "not a URL of ours" : payload.error });
}

export function unreadable(c: WebhookContext, route: string, error: PayloadError): Response {
  logWebhook(c, { route, outcome: error });
  return c.text(`${error}\n`, 400);
}

export function tooLarge(c: WebhookContext): Response {
  logWebhook(c, { route: maskNumbers(c.req.path), outcome: "too large" });
  return c.text("too large\n", 413);
}
