/** `/webhooks/event`: the carrier reports what happened to a leg. */
import { errorReason } from "../../calls/carrier-error.ts";
import { deliver, deliveryOf } from "../../calls/deliver-event.ts";
import { storeLeglessEvent } from "../../calls/legless-event.ts";
import { parseEvent } from "../../vonage/event.ts";
import type { Webhook } from "./env.ts";
import { reportCarrierError } from "./problems.ts";
import { acknowledge, unreadable } from "./respond.ts";

export const eventWebhook: Webhook = (routes) => async (c) => {
  const { payload, call } = c.var;
  if (!payload.ok) return unreadable(c, "event", payload.error);
  const event = parseEvent(payload.value);
  const { leg } = event;
  const fields = {
    route: "event",
    kind: event.kind,
    status: "status" in event ? event.status : null,
    leg,
  };
  if (leg === null) {
    return await acknowledge(c, { ...fields, ...errorReason(payload.value) }, () =>
      storeLeglessEvent(c.env, event, payload.value, call.now, null),
    );
  }
  if (event.kind === "error") reportCarrierError(c, leg, payload.value);
  const delivery = await deliveryOf(event, payload.value, call.now);
  return await acknowledge(c, fields, () => deliver(c.env, routes, leg, delivery));
};
