/** `/webhooks/answer`: somebody called, and the carrier asks what they hear. */
import { cacheRoute, type RouteCache } from "../../calls/deliver-event.ts";
import { answerInbound } from "../../calls/inbound.ts";
import { isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { Webhook, WebhookContext } from "./env.ts";
import { apology, errorApology, ncco } from "./respond.ts";

export const answerWebhook: Webhook = (routes) => async (c) => {
  const { payload } = c.var;
  return payload.ok
    ? await answerCall(c, routes, payload.value, "answer")
    : apology(c, { route: "answer", outcome: payload.error });
};

/** `route`: for the log; the fallback webhook answers calls too. */
export async function answerCall(
  c: WebhookContext,
  routes: RouteCache,
  payload: Payload,
  route: string,
): Promise<Response> {
  if (isErrorReport(payload)) return errorApology(c, route);
  const request = parseAnswerRequest(payload);
  const answer = await answerInbound(request, c.var.call);
  const { leg, number: line, caller } = request;
  cacheRoute(routes, leg, answer);
  return ncco(c, { route, kind: "answer", leg, line, caller }, answer);
}
