/** Delivers event webhooks to the Durable Objects that store them. */
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

/** The carrier waits ten seconds; with less it gets our 503, and not a timeout. */
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

/**
 * Only events that change no state are identified by a hash. Digits are removed first: a hash of a PIN can be guessed.
 * Empty for all others.
 */
async function digestOf(event: VonageEvent, body: string): Promise<string> {
  if (event.kind === "transfer" || "status" in event) return "";
  return hex(await sha256(new TextEncoder().encode(body))).slice(0, 32);
}

/**
 * The conference of each leg that this isolate has heard of, where it is settled for good: the leg's further webhooks go
 * straight there, without the switchboard.
 */
export type RouteCache = BoundedMap<string>;

/** More legs than one isolate sees at a time, at some hundred bytes each. */
export function newRouteCache(): RouteCache {
  return new BoundedMap(10_000);
}

/** Caches the route of a leg that the switchboard has admitted: it will not be sent elsewhere. */
export function cacheRoute(
  routes: RouteCache,
  leg: string | null,
  { conference, outcome }: Pick<Answer, "conference" | "outcome">,
): void {
  if (leg !== null && conference !== null && outcome === "admitted") routes.set(leg, conference);
}

/**
 * Delivers a leg's webhook to its conference where `routes` knows it, and otherwise to its switchboard, with one retry.
 * The switchboard has a deadline of its own, so there is none here; a carrier that stops waiting repeats the webhook, as it
 * does after an error. `invited`: we made this call.
 *
 * @throws when nothing durable happened: then the carrier must be asked to repeat the webhook.
 */
export async function deliver(
  env: Env,
  routes: RouteCache,
  leg: string,
  delivery: Delivery,
  invited = false,
): Promise<Pick<Delivered, "outcome" | "conference">> {
  const conference = routes.get(leg);
  if (conference !== undefined) {
    const outcomes = await new ConferenceClient(env.CONFERENCE).hand(conference, leg, [delivery]);
    if (outcomes !== null) return { outcome: outcomes[0] ?? "ignored", conference };
  }
  const attempt = (): Promise<Delivered> =>
    switchboardStub(env, leg).deliver(leg, delivery, invited);
  const { settled, ...delivered } = await attempt().catch(attempt);
  if (delivered.outcome === "too many") throw new Error("too many webhooks wait for this leg");
  if (settled && delivered.conference !== null) routes.set(leg, delivered.conference);
  return delivered;
}

function statusOf(event: VonageEvent): string | null {
  if ("status" in event) return event.status;
  return "name" in event ? event.name : null;
}

/** Delivers a webhook that names no leg to a conference. @throws when nothing durable happened. */
export async function deliverToConference(
  env: Env,
  conference: string,
  delivery: Delivery,
): Promise<string> {
  return await withTimeout(RECORD_MS, conferenceStub(env, conference).recording(delivery));
}
