/** The event webhook: what happens to a leg. It gets its 204 once it is durable. */
import { complaint } from "../../calls/complaint.ts";
import { deliver, deliveryOf, type Routes } from "../../calls/deliver-event.ts";
import { keepStray } from "../../calls/stray.ts";
import { parseEvent } from "../../vonage/event.ts";
import type { WebhookHandler } from "./env.ts";
import { tellComplaint } from "./problems.ts";
import { acknowledged, unreadable } from "./respond.ts";

export function eventWebhook(routes: Routes): WebhookHandler {
  return async (c) => {
    const start = Date.now();
    const { payload } = c.var;
    if (!payload.ok) return unreadable(c, start, "event", payload.error);
    const event = parseEvent(payload.value);
    const { kind, leg } = event;
    const status = "status" in event ? event.status : null;
    const fields = { route: "event", kind, status, leg };
    if (leg === null) {
      return await acknowledged(c, start, { ...fields, ...complaint(payload.value) }, () =>
        keepStray(c.env, event, payload.value, start, null),
      );
    }
    if (kind === "error") tellComplaint(c, leg, payload.value);
    const delivery = await deliveryOf(event, payload.value, start);
    return await acknowledged(c, start, fields, async () => ({
      ...(await deliver(c.env, routes, leg, delivery)),
    }));
  };
}
