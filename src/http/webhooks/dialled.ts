/** The webhooks of calls that we made: they were answered, or something happened to them. Our own URL says which call it is. */
import type { Context } from "hono";
import { withoutOurs } from "../../calls/callback-urls/signed-url.ts";
import { deliver, deliveryOf, rememberRoute, type Routes } from "../../calls/deliver-event.ts";
import {
  answerOutbound,
  DIALLED_NAMES,
  dialledOf,
  reportDialled,
  type Dialled,
} from "../../calls/outbound.ts";
import { keepStray } from "../../calls/stray.ts";
import { isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { callerIn } from "../../vonage/input.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { WebhookEnv, WebhookHandler } from "./env.ts";
import { tellComplaint } from "./problems.ts";
import {
  acknowledged,
  contextOf,
  errorReported,
  ncco,
  notOurs,
  secretsOf,
  unreadable,
} from "./respond.ts";

export function dialledAnswerWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const { payload } = c.var;
    const dialled = await dialledOf(c.req.url, secretsOf(c));
    if (!payload.ok || dialled === null) return notOurs(c, "dialled");
    return await answerDialled(c, routes, payload.value, dialled);
  };
}

/** Somebody whom we called has picked up. */
export async function answerDialled(
  c: Context<WebhookEnv>,
  routes: Routes,
  payload: Payload,
  dialled: Dialled,
): Promise<Response> {
  const context = contextOf(c, Date.now());
  if (isErrorReport(payload)) return errorReported(c, context.now, "dialled");
  const request = parseAnswerRequest(payload);
  const { leg } = request;
  const { line } = dialled;
  const called = callerIn(payload, line, dialled.called);
  const result = await answerOutbound(request, called, dialled, context);
  rememberRoute(routes, leg, result);
  return ncco(c, context, { route: "dialled", kind: "answer", leg, line, caller: called }, result);
}

export function dialledEventWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const start = Date.now();
    const { payload } = c.var;
    const dialled = await dialledOf(c.req.url, secretsOf(c));
    if (!payload.ok) return unreadable(c, start, "dialled", payload.error);
    const event = parseEvent(payload.value);
    const { kind, leg } = event;
    const status = "status" in event ? event.status : null;
    const carriers = withoutOurs(payload.value, DIALLED_NAMES, c.req);
    if (kind === "error" && leg !== null) tellComplaint(c, leg, payload.value);
    return await acknowledged(c, start, { route: "dialled", status, leg }, async () => {
      if (leg === null) return await keepStray(c.env, event, carriers, start, null);
      const delivery = await deliveryOf(event, carriers, start);
      // A leg that we called has no line that could tell where it goes.
      const [delivered] = await Promise.all([
        deliver(c.env, routes, leg, delivery, dialled !== null),
        dialled && reportDialled(c.env, dialled, leg, status),
      ]);
      return { ...delivered };
    });
  };
}
