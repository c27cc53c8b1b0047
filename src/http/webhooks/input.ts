/** `/webhooks/input`: a prompt's URL, at which the carrier says what a caller has entered. */
import { PROMPT_PARAMETERS, readPromptUrl } from "../../calls/callback-urls/prompt-url.ts";
import { withoutUrlParameters } from "../../calls/callback-urls/signed-url.ts";
import { cacheRoute, deliver, deliveryOf, type RouteCache } from "../../calls/deliver-event.ts";
import { continueCall } from "../../calls/prompt.ts";
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { parseEvent } from "../../vonage/event.ts";
import { isErrorReport } from "../../vonage/answer-request.ts";
import { callerIn } from "../../vonage/input.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { Webhook, WebhookContext } from "./env.ts";
import { errorApology, ncco, notOurUrl } from "./respond.ts";

/** How long the reply waits for the journal. The caller hears nothing meanwhile. */
const JOURNAL_MS = 1_500;

export const inputWebhook: Webhook = (routes) => async (c) => {
  const { payload, call } = c.var;
  const step = await readPromptUrl(c.req.url, call.secrets);
  if (!payload.ok || step === null) return notOurUrl(c, "input");
  if (isErrorReport(payload.value)) return errorApology(c, "input");
  // A prompt's URL is good for its own leg alone.
  if (parseEvent(payload.value).leg !== step.leg) return notOurUrl(c, "input");
  const said = withoutUrlParameters(payload.value, PROMPT_PARAMETERS, c.req);
  const journalled = journal(c, routes, step.leg, said);
  call.waitUntil(journalled);
  const [answer] = await Promise.all([
    continueCall(payload.value, step, call),
    withTimeout(JOURNAL_MS, journalled).catch(() => undefined),
  ]);
  cacheRoute(routes, step.leg, answer);
  const { leg, line } = step;
  const caller = callerIn(payload.value, line, step.caller);
  return ncco(c, { route: "input", kind: step.kind, leg, line, caller }, answer);
};

/** Journals that a caller entered something, without the digits. Never throws: the caller does not wait for a repetition. */
async function journal(
  c: WebhookContext,
  routes: RouteCache,
  leg: string,
  payload: Payload,
): Promise<void> {
  try {
    const delivery = await deliveryOf(parseEvent(payload), payload, c.var.call.now);
    await deliver(c.env, routes, leg, delivery);
  } catch (error) {
    log("input not stored", { leg, reason: reasonOf(error) });
  }
}
