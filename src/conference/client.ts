/** The conferences as the switchboard reaches them: within its time, and without ever throwing. */
import type { Conference } from "./conference.ts";
import type { Entrance } from "./state/admission-policy.ts";
import type { Delivery } from "./state/delivery.ts";
import type { Outcome } from "./state/leg/leg-set.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";

/** A Conference that takes longer gets its webhooks later, from the alarm. */
const CONFERENCE_MS = 2_000;

/** A new stub each time: one that has failed once may stay broken. */
export function conferenceStub(env: Env, name: string) {
  return env.CONFERENCE.getByName(name);
}

export class ConferenceClient {
  readonly #conferences: DurableObjectNamespace<Conference>;

  constructor(conferences: DurableObjectNamespace<Conference>) {
    this.#conferences = conferences;
  }

  /** What became of each webhook, or null where the Conference did not answer in time. */
  async hand(
    conference: string,
    leg: string,
    deliveries: readonly Delivery[],
  ): Promise<Outcome[] | null> {
    return await this.#ask(conference, leg, (stub) => stub.record(leg, deliveries));
  }

  /** What the Conference says of a leg whose admission is among `deliveries`; null where it did not answer in time. */
  async admit(
    conference: string,
    leg: string,
    deliveries: readonly Delivery[],
  ): Promise<Entrance | null> {
    return await this.#ask(conference, leg, (stub) => stub.admit(leg, deliveries));
  }

  /** The same of all that was held of a leg: without an admission among it there is nothing to say of it. */
  async takeOver(
    conference: string,
    leg: string,
    deliveries: readonly Delivery[],
  ): Promise<Entrance | null> {
    if (deliveries.some(({ webhook }) => webhook.type === "admission")) {
      return await this.admit(conference, leg, deliveries);
    }
    const taken = await this.hand(conference, leg, deliveries);
    return taken && { denied: null, others: null };
  }

  /** What the Conference said of a leg; null also where it knows nothing of it. */
  async entrance(conference: string, leg: string): Promise<Entrance | null> {
    return await this.#ask(conference, leg, (stub) => stub.entrance(leg));
  }

  /** What a conference that a wrong guess named has received of a leg; null where it did not answer in time. */
  async recall(conference: string, leg: string): Promise<Delivery[] | null> {
    return await this.#ask(conference, leg, (stub) => stub.release(leg));
  }

  async #ask<T>(
    conference: string,
    leg: string,
    question: (stub: DurableObjectStub<Conference>) => Promise<T>,
  ): Promise<T | null> {
    try {
      // A new stub each time: one that has failed once may stay broken.
      return await withTimeout(CONFERENCE_MS, question(this.#conferences.getByName(conference)));
    } catch (error) {
      log("conference did not answer", { conference, leg, reason: reasonOf(error) });
      return null;
    }
  }
}
