/** How other code reaches a Conference: by a stub, or by a client that limits the time and never throws. */
import type { Entrance } from "./state/admission-policy.ts";
import type { Delivery } from "./state/delivery.ts";
import type { Outcome } from "./state/leg/leg-set.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";

/** A Conference that takes longer gets its webhooks later, from the caller's alarm. */
const CONFERENCE_MS = 2_000;

/** A new stub each time: after a failure a stub may stay broken. */
export function conferenceStub(env: Env, name: string) {
  return env.CONFERENCE.getByName(name);
}

export class ConferenceClient {
  readonly #conferences: Env["CONFERENCE"];

  constructor(conferences: Env["CONFERENCE"]) {
    this.#conferences = conferences;
  }

  /** Records facts of a leg. @returns the outcome of each; null where the Conference did not answer in time. */
  async hand(
    conference: string,
    leg: string,
    deliveries: readonly Delivery[],
  ): Promise<Outcome[] | null> {
    return await this.#ask(conference, leg, (stub) => stub.record(leg, deliveries));
  }

  /** Records facts with an admission among them. @returns the decision; null where the Conference did not answer in time. */
  async admit(
    conference: string,
    leg: string,
    deliveries: readonly Delivery[],
  ): Promise<Entrance | null> {
    return await this.#ask(conference, leg, (stub) => stub.admit(leg, deliveries));
  }

  /** Records everything that was held of a leg. Without an admission among it, there is no decision to return. */
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

  /** The decision about a leg; null where the Conference does not know the leg, or did not answer in time. */
  async entrance(conference: string, leg: string): Promise<Entrance | null> {
    return await this.#ask(conference, leg, (stub) => stub.entrance(leg));
  }

  /** Takes a leg back from a conference that was a wrong guess. @returns its webhooks; null where it did not answer in time. */
  async recall(conference: string, leg: string): Promise<Delivery[] | null> {
    return await this.#ask(conference, leg, (stub) => stub.release(leg));
  }

  async #ask<T>(
    conference: string,
    leg: string,
    question: (stub: ReturnType<Env["CONFERENCE"]["getByName"]>) => Promise<T>,
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
