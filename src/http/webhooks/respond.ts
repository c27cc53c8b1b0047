/** What the carrier's webhooks are answered with, and the one line that each of them leaves in the log. */
import type { Context } from "hono";
import { log, reasonOf, type LogFields } from "../../lib/log.ts";
import { mask } from "../../lib/masking/mask.ts";
import { signatureSecrets } from "../../config/settings.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import type { Answer, AnswerContext } from "../../calls/admit.ts";
import { complaint } from "../../calls/complaint.ts";
import type { PayloadError } from "../../vonage/payload.ts";
import { contentType, type WebhookEnv } from "./env.ts";
import { tellComplaint } from "./problems.ts";

/** One line a webhook. */
export function report(c: Context<WebhookEnv>, start: number, fields: LogFields): void {
  // One that is too large is reported before it is checked.
  const { payload, unexplained } = c.var as Partial<WebhookEnv["Variables"]>;
  log("webhook", {
    method: c.req.method,
    ...fields,
    ...(unexplained === true ? { payload_hash: "unexplained" } : {}),
    ...(payload?.ok === false ? { type: contentType(c) } : {}),
    ms: Date.now() - start,
  });
}

export function contextOf(c: Context<WebhookEnv>, now: number): AnswerContext {
  const waitUntil = (work: Promise<unknown>): void => c.executionCtx.waitUntil(work);
  const { unexplained } = c.var;
  return { env: c.env, url: c.req.url, now, unexplained, waitUntil };
}

/** An NCCO, with who heard it in the log. */
export function ncco(
  c: Context<WebhookEnv>,
  { now }: AnswerContext,
  fields: { route: string; kind: string; leg: string | null; line: string; caller: string },
  { ncco: actions, conference, outcome }: Answer,
): Response {
  report(c, now, { ...fields, caller: mask(fields.caller), conference, outcome });
  return c.json(actions);
}

/** 204 once `store` is done, which tells more for the log; a request to repeat the webhook where it fails. */
export async function acknowledged(
  c: Context<WebhookEnv>,
  start: number,
  fields: LogFields,
  store: () => Promise<LogFields>,
): Promise<Response> {
  try {
    report(c, start, { ...fields, ...(await store()) });
    return c.body(null, 204);
  } catch (error) {
    report(c, start, { ...fields, outcome: "not stored", reason: reasonOf(error) });
    return c.text("not stored, please try again\n", 503);
  }
}

/** The carrier reports an error to a URL that must reply with an NCCO. */
export function errorReported(c: Context<WebhookEnv>, start: number, route: string): Response {
  const payload = c.var.payload.ok ? c.var.payload.value : {};
  tellComplaint(c, null, payload);
  report(c, start, { route, kind: "error", outcome: "apology", ...complaint(payload) });
  return c.json(apologyNcco());
}

/** A body that cannot be read: the carrier does not repeat it. */
export function unreadable(
  c: Context<WebhookEnv>,
  start: number,
  route: string,
  error: PayloadError,
): Response {
  report(c, start, { route, outcome: error });
  return c.text(`${error}\n`, 400);
}

/** A URL that must reply with an NCCO, and that was not made by us or is not this leg's. */
export function notOurs(c: Context<WebhookEnv>, route: string): Response {
  const { payload } = c.var;
  report(c, Date.now(), { route, outcome: payload.ok ? "not a URL of ours" : payload.error });
  return c.json(apologyNcco());
}

export function secretsOf(c: Context<WebhookEnv>): string[] {
  return signatureSecrets(c.env, new URL(c.req.url).hostname);
}
