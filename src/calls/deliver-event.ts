/** From an event webhook to something durable. */
import { switchboardStub } from "../switchboard/client.ts";
import type { Delivery } from "../conference/state/delivery.ts";
import { factOf } from "../conference/state/leg/fact.ts";
import { withTimeout } from "../lib/deadline.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { hex, sha256 } from "../lib/crypto.ts";
import { ConferenceClient, conferenceStub } from "../conference/client.ts";
import type { Answer } from "./admit.ts";
import type { Delivered } from "../switchboard/admission.ts";
import type { VonageEvent } from "../vonage/event.ts";
import { withoutDigits, type Payload } from "../vonage/payload.ts";

/** The carrier waits ten seconds. A little less leaves it a clear answer. */
const RECORD_MS = 8_000;

export async function deliveryOf(
  event: VonageEvent,
  payload: Payload,
  receivedAt: number,
): Promise<Delivery> {
  const body = JSON.stringify(withoutDigits(payload));
  const digest = await digestOf(event, body);
  return {
    webhook: factOf(event, digest),
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

/** The conferences of legs, as far as they are settled and this isolate has heard of them. */
export type Routes = BoundedMap<string>;

/** More legs than one isolate sees at a time, at some hundred bytes each. */
export function newRoutes(): Routes {
  return new BoundedMap(10_000);
}

/** Who was let in has a conference for good, so that further webhooks can go straight there. */
export function rememberRoute(
  ways: Routes,
  leg: string | null,
  { conference, outcome }: Pick<Answer, "conference" | "outcome">,
): void {
  if (leg !== null && conference !== null && outcome === "admitted") ways.set(leg, conference);
}

/**
 * Hands a leg's webhook to its conference where `ways` knows it, and else to its switchboard, once more if that fails at
 * once. Without a deadline for the latter: it keeps one, and a carrier that has stopped waiting repeats the webhook as it
 * would after an error. `invited`: we called this leg.
 *
 * @throws when nothing durable happened: then the carrier must be asked to repeat it.
 */
export async function deliver(
  env: Env,
  ways: Routes,
  leg: string,
  delivery: Delivery,
  invited = false,
): Promise<Pick<Delivered, "outcome" | "conference">> {
  const conference = ways.get(leg);
  if (conference !== undefined) {
    const outcomes = await new ConferenceClient(env.CONFERENCE).hand(conference, leg, [delivery]);
    if (outcomes !== null) return { outcome: outcomes[0] ?? "ignored", conference };
  }
  const attempt = (): Promise<Delivered> =>
    switchboardStub(env, leg).deliver(leg, delivery, invited);
  const { settled, ...delivered } = await attempt().catch(attempt);
  if (delivered.outcome === "too many") throw new Error("too many webhooks wait for this leg");
  if (settled && delivered.conference !== null) ways.set(leg, delivered.conference);
  return delivered;
}

function statusOf(event: VonageEvent): string | null {
  if ("status" in event) return event.status;
  return "name" in event ? event.name : null;
}

/** Hands a recording, which has no leg, to its conference. @throws when nothing durable happened. */
export async function record(env: Env, conference: string, delivery: Delivery): Promise<string> {
  return await withTimeout(RECORD_MS, conferenceStub(env, conference).recording(delivery));
}
