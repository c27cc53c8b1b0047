/** The input webhook: what a caller entered at a prompt. Our own URL says what was asked, of which leg. */
import { PROMPT_PARAMETERS, stepOf } from "../../calls/callback-urls/prompt-url.ts";
import { withoutOurs } from "../../calls/callback-urls/signed-url.ts";
import { deliver, deliveryOf, rememberRoute, type Routes } from "../../calls/deliver-event.ts";
import { continueCall } from "../../calls/prompt.ts";
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { isErrorReport } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { callerIn } from "../../vonage/input.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { WebhookHandler } from "./env.ts";
import { contextOf, errorReported, ncco, notOurs, secretsOf } from "./respond.ts";

/** A caller waits for the answer, and not for the journal. */
const WRITE_MS = 1_500;

export function inputWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const context = contextOf(c, Date.now());
    const { payload } = c.var;
    const step = await stepOf(c.req.url, secretsOf(c));
    if (!payload.ok || step === null) return notOurs(c, "input");
    if (isErrorReport(payload.value)) return errorReported(c, context.now, "input");
    // An entry of another leg than the one that was asked is refused.
    if (parseEvent(payload.value).leg !== step.leg) return notOurs(c, "input");
    const carriers = withoutOurs(payload.value, PROMPT_PARAMETERS, c.req);
    const written = write(c.env, routes, step.leg, carriers, context.now);
    context.waitUntil(written);
    const [result] = await Promise.all([
      continueCall(payload.value, step, context),
      withTimeout(WRITE_MS, written).catch(() => undefined),
    ]);
    rememberRoute(routes, step.leg, result);
    const { kind, leg, line } = step;
    const caller = callerIn(payload.value, line, step.caller);
    return ncco(c, context, { route: "input", kind, leg, line, caller }, result);
  };
}

/** Journals the event without the digits. A failure is logged only: the caller does not wait for a second try. */
async function write(
  env: Env,
  routes: Routes,
  leg: string,
  payload: Payload,
  now: number,
): Promise<void> {
  try {
    const event = parseEvent(payload);
    await deliver(env, routes, leg, await deliveryOf(event, payload, now));
  } catch (error) {
    log("input not stored", { leg, reason: reasonOf(error) });
  }
}
