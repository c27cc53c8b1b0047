/** From an event webhook to something durable. */
import type { Delivery } from "../conference/delivery.ts";
import { webhookOf } from "../conference/webhook.ts";
import { within } from "../lib/deadline.ts";
import { shardOf } from "../switchboard/shard.ts";
import type { Delivered } from "../switchboard/admission.ts";
import type { VonageEvent } from "../vonage/event.ts";
import { withoutDigits, type Payload } from "../vonage/payload.ts";

/** The carrier waits ten seconds. A little less leaves it a clear answer. */
const DELIVER_MS = 8_000;

export function deliveryOf(
  event: VonageEvent,
  payload: Payload,
  digest: string,
  receivedAt: number,
): Delivery {
  return {
    webhook: webhookOf(event, digest),
    kind: event.kind,
    status: statusOf(event),
    receivedAt,
    body: JSON.stringify(withoutDigits(payload)),
  };
}

/**
 * Hands a leg's webhook to its switchboard, once more if that fails at once.
 *
 * @throws when nothing durable happened: then the carrier must be asked to repeat it.
 */
export async function deliver(env: Env, leg: string, delivery: Delivery): Promise<Delivered> {
  const attempt = (): Promise<Delivered> =>
    env.SWITCHBOARD.getByName(shardOf(leg)).deliver(leg, delivery);
  const delivered = await within(DELIVER_MS, attempt().catch(attempt));
  if (delivered.outcome === "too many") throw new Error("too many webhooks wait for this leg");
  return delivered;
}

function statusOf(event: VonageEvent): string | null {
  if ("status" in event) return event.status;
  return "name" in event ? event.name : null;
}
