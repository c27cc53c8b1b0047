/** The fallback webhook: another webhook of ours has failed. It always replies 200 with something to hear. */
import type { Context } from "hono";
import { stepOf } from "../../calls/callback-urls/prompt-url.ts";
import type { Routes } from "../../calls/deliver-event.ts";
import { dialledOf } from "../../calls/outbound.ts";
import { repeatPrompt } from "../../calls/prompt.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import { failedWebhook } from "../../vonage/answer-request.ts";
import { text } from "../../vonage/fields.ts";
import { isObject, type Payload } from "../../vonage/payload.ts";
import { answer } from "./answer.ts";
import { answerDialled } from "./dialled.ts";
import type { WebhookEnv, WebhookHandler } from "./env.ts";
import { contextOf, ncco, report, secretsOf } from "./respond.ts";
import { checkWebhook } from "./verify.ts";

export function fallbackWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const distrust = await checkWebhook(c);
    const { payload } = c.var;
    if (distrust === null && payload.ok) {
      const instead = await ofOurUrl(c, routes, payload.value);
      if (instead !== null) return instead;
      if (failedWebhook(payload.value) === "answer") {
        return await answer(c, routes, payload.value, "fallback");
      }
    }
    report(c, Date.now(), { route: "fallback", outcome: distrust ?? "apology" });
    return c.json(apologyNcco());
  };
}

/**
 * The reply where the failed webhook went to a URL of ours: a call that we made is answered, a prompt is repeated. Null where
 * it went elsewhere.
 */
async function ofOurUrl(
  c: Context<WebhookEnv>,
  routes: Routes,
  payload: Payload,
): Promise<Response | null> {
  const original = payload["original_request"];
  const url = isObject(original) ? text(original["url"], 2_048) : null;
  if (url === null || !URL.canParse(url)) return null;
  const dialled = await dialledOf(url, secretsOf(c));
  if (dialled !== null) return await answerDialled(c, routes, payload, dialled);
  const step = await stepOf(url, secretsOf(c));
  if (step === null) return null;
  const context = contextOf(c, Date.now());
  const result = await repeatPrompt(step, context);
  const { kind, leg, line, caller } = step;
  return ncco(c, context, { route: "fallback", kind, leg, line, caller }, result);
}
