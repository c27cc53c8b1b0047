/** The answer webhook: somebody has called one of our numbers, and waits for the NCCO. */
import type { Context } from "hono";
import { rememberRoute, type Routes } from "../../calls/deliver-event.ts";
import { answerInbound } from "../../calls/inbound.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import { isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { WebhookEnv, WebhookHandler } from "./env.ts";
import { contextOf, errorReported, ncco, report } from "./respond.ts";

export function answerWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const { payload } = c.var;
    if (payload.ok) return await answer(c, routes, payload.value, "answer");
    report(c, Date.now(), { route: "answer", outcome: payload.error });
    return c.json(apologyNcco());
  };
}

/** `route`: the name for the log; the fallback answers calls too. */
export async function answer(
  c: Context<WebhookEnv>,
  routes: Routes,
  payload: Payload,
  route: "answer" | "fallback",
): Promise<Response> {
  const context = contextOf(c, Date.now());
  if (isErrorReport(payload)) return errorReported(c, context.now, route);
  const request = parseAnswerRequest(payload);
  const result = await answerInbound(request, context);
  const { leg, number: line, caller } = request;
  rememberRoute(routes, leg, result);
  return ncco(c, context, { route, kind: "answer", leg, line, caller }, result);
}
