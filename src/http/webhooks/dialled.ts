/** `/webhooks/dialled/…`: the answer and event webhooks of calls that we made. */
import {
  OUTBOUND_PARAMETERS,
  readOutboundUrl,
  type OutboundCall,
} from "../../calls/callback-urls/outbound-url.ts";
import { withoutUrlParameters } from "../../calls/callback-urls/signed-url.ts";
import { cacheRoute, deliver, deliveryOf, type RouteCache } from "../../calls/deliver-event.ts";
import { storeLeglessEvent } from "../../calls/legless-event.ts";
import { answerOutbound, reportProgress } from "../../calls/outbound.ts";
import { isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { callerIn } from "../../vonage/input.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { Webhook, WebhookContext } from "./env.ts";
import { reportCarrierError } from "./problems.ts";
import { acknowledge, errorApology, ncco, notOurUrl, unreadable } from "./respond.ts";

/** Somebody whom we called has picked up. */
export const dialledAnswerWebhook: Webhook = (routes) => async (c) => {
  const { payload, call } = c.var;
  const outbound = await readOutboundUrl(c.req.url, call.secrets);
  if (!payload.ok || outbound === null) return notOurUrl(c, "dialled");
  return await answerDialled(c, routes, payload.value, outbound);
};

export const dialledEventWebhook: Webhook = (routes) => async (c) => {
  const { payload, call } = c.var;
  const outbound = await readOutboundUrl(c.req.url, call.secrets);
  if (!payload.ok) return unreadable(c, "dialled", payload.error);
  const event = parseEvent(payload.value);
  const { leg } = event;
  const status = "status" in event ? event.status : null;
  const said = withoutUrlParameters(payload.value, OUTBOUND_PARAMETERS, c.req);
  if (event.kind === "error" && leg !== null) reportCarrierError(c, leg, payload.value);
  return await acknowledge(c, { route: "dialled", status, leg }, async () => {
    if (leg === null) return await storeLeglessEvent(c.env, event, said, call.now, null);
    const delivery = await deliveryOf(event, said, call.now);
    const [delivered] = await Promise.all([
      // The switchboard must not guess a room from the line of a leg that we called.
      deliver(c.env, routes, leg, delivery, outbound !== null),
      outbound && reportProgress(c.env, outbound, leg, status),
    ]);
    return delivered;
  });
};

/** The answer for somebody whom we called; the fallback webhook gives it too. */
export async function answerDialled(
  c: WebhookContext,
  routes: RouteCache,
  payload: Payload,
  outbound: OutboundCall,
): Promise<Response> {
  if (isErrorReport(payload)) return errorApology(c, "dialled");
  const request = parseAnswerRequest(payload);
  const { leg } = request;
  const { line } = outbound;
  const caller = callerIn(payload, line, outbound.called);
  const answer = await answerOutbound(request, caller, outbound, c.var.call);
  cacheRoute(routes, leg, answer);
  return ncco(c, { route: "dialled", kind: "answer", leg, line, caller }, answer);
}
