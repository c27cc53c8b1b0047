/** From an event webhook to something durable. */
import type { Delivery } from "../conference/delivery.ts";
import { webhookOf } from "../conference/webhook.ts";
import { within } from "../lib/deadline.ts";
import { hex, sha256 } from "../lib/secret.ts";
import { shardOf } from "../switchboard/shard.ts";
import type { Delivered } from "../switchboard/admission.ts";
import type { VonageEvent } from "../vonage/event.ts";
import { withoutDigits, type Payload } from "../vonage/payload.ts";

/** The carrier waits ten seconds. A little less leaves it a clear answer. */
const DELIVER_MS = 8_000;

export async function deliveryOf(
  event: VonageEvent,
  payload: Payload,
  receivedAt: number,
): Promise<Delivery> {
  const body = JSON.stringify(withoutDigits(payload));
  const digest = await digestOf(event, body);
  return {
    webhook: webhookOf(event, digest),
    kind: event.kind,
    status: statusOf(event),
    receivedAt,
    body,
  };
}

/** Only what changes nothing is known again by a hash; of what is left of it, since one of digits gives them away. */
async function digestOf(event: VonageEvent, body: string): Promise<string> {
  if (event.kind === "transfer" || "status" in event) return "";
  return hex(await sha256(new TextEncoder().encode(body))).slice(0, 32);
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

/** Hands a recording, which has no leg, to its conference. @throws when nothing durable happened. */
export async function record(env: Env, conference: string, delivery: Delivery): Promise<string> {
  return await within(DELIVER_MS, env.CONFERENCE.getByName(conference).recording(delivery));
}
