/** Webhooks as a Conference gets them from the switchboard, without the way there. */
import { admissionDelivery, type Delivery } from "../../../src/conference/state/delivery.ts";
import { factOf } from "../../../src/conference/state/leg/fact.ts";
import { parseEvent } from "../../../src/vonage/event.ts";
import type { Call } from "./call.ts";
import type { Payload } from "./bridge.ts";

export function admitted({ identity }: Call, at: number): Delivery {
  const { caller, line, origin } = identity;
  return admissionDelivery(
    { caller, line, origin, at, role: "guest", greetingMs: 4_167 },
    at + 1_500,
  );
}

export function delivered(payload: Payload, receivedAt: number): Delivery {
  const event = parseEvent(payload);
  return {
    webhook: factOf(event, JSON.stringify(payload).slice(0, 32)),
    kind: event.kind,
    status: "status" in event ? event.status : null,
    receivedAt,
    body: JSON.stringify(payload),
  };
}
