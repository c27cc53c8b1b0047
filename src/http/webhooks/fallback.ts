/** `/webhooks/fallback`: the carrier could not use our answer to another webhook. Always answers with an NCCO. */
import { readOutboundUrl } from "../../calls/callback-urls/outbound-url.ts";
import { readPromptUrl } from "../../calls/callback-urls/prompt-url.ts";
import type { RouteCache } from "../../calls/deliver-event.ts";
import { repeatPrompt } from "../../calls/prompt.ts";
import { failedWebhook } from "../../vonage/answer-request.ts";
import { text } from "../../vonage/fields.ts";
import { isObject, type Payload } from "../../vonage/payload.ts";
import { answerCall } from "./answer.ts";
import { answerDialled } from "./dialled.ts";
import type { Webhook, WebhookContext } from "./env.ts";
import { apology, ncco } from "./respond.ts";
import { checkWebhook } from "./verify.ts";

/** A signed URL is longer than other texts. */
const MAX_URL_LENGTH = 2_048;

export const fallbackWebhook: Webhook = (routes) => async (c) => {
  const distrust = await checkWebhook(c);
  const { payload } = c.var;
  if (distrust === null && payload.ok) {
    const answer = await answerAgain(c, routes, payload.value);
    if (answer !== null) return answer;
    if (failedWebhook(payload.value) === "answer") {
      return await answerCall(c, routes, payload.value, "fallback");
    }
  }
  return apology(c, { route: "fallback", outcome: distrust ?? "apology" });
};

/** The answer where the failed webhook went to a callback URL of ours; null where it did not. */
async function answerAgain(
  c: WebhookContext,
  routes: RouteCache,
  payload: Payload,
): Promise<Response | null> {
  const original = payload["original_request"];
  const url = isObject(original) ? text(original["url"], MAX_URL_LENGTH) : null;
  if (url === null || !URL.canParse(url)) return null;
  const { call } = c.var;
  const outbound = await readOutboundUrl(url, call.secrets);
  if (outbound !== null) return await answerDialled(c, routes, payload, outbound);
  const step = await readPromptUrl(url, call.secrets);
  if (step === null) return null;
  const answer = await repeatPrompt(step, call);
  const { kind, leg, line, caller } = step;
  return ncco(c, { route: "fallback", kind, leg, line, caller }, answer);
}
