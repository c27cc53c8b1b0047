/** Sends all of the carrier's webhooks: events, and requests whose reply is an NCCO. */
import type { Application } from "./application.ts";
import { earlyTries, misshape } from "../chaos/chaos.ts";
import type { Chaos } from "../chaos/chaos.ts";
import type { Reply, Webhook } from "./delivery.ts";
import type { Leg } from "../carrier/leg.ts";
import { parseNcco } from "../ncco/ncco.ts";
import type { Action } from "../ncco/ncco.ts";
import type { WebhookQueue } from "../chaos/webhook-queue.ts";
import type { Address, Sending } from "../carrier/platform.ts";
import { answerPayload, errorPayload, fallbackPayload } from "./wire.ts";
import type { Payload } from "./wire.ts";

export interface DispatchOptions {
  readonly application: Application;
  readonly webhooks: WebhookQueue;
  readonly chaos: Chaos;
  /** The time by a leg's clock, in milliseconds since the epoch. */
  readonly now: (leg: Leg) => number;
}

/** The reason that the platform was recorded to give for an NCCO that it refuses. */
const NCCO_REFUSED = "Syntax error in NCCO. Invalid value type or action.";

/** Events that name no leg. */
const LEGLESS: ReadonlySet<string> = new Set(["error", "notify", "record"]);

interface Reading {
  readonly actions: readonly Action[] | null;
  readonly reason: string;
}

export class Dispatch {
  readonly #options: DispatchOptions;
  readonly #problems: string[] = [];

  constructor(options: DispatchOptions) {
    this.#options = options;
  }

  /** What the bridge did that a caller would have noticed: no answer, or an NCCO that the platform refuses. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Sends an event about a leg, without waiting for it. */
  emit(leg: Leg, name: string, payload: Payload, sending: Sending = {}): void {
    const webhook = this.#webhook("event", name, leg, payload, sending.to ?? leg.events);
    const { webhooks } = this.#options;
    if (sending.withheld === true) webhooks.withhold(webhook);
    else webhooks.post(webhook, leg.ended, sending.delayMs);
  }

  /** Reports a problem with a leg's NCCO. */
  complain(leg: Leg, reason: string): void {
    this.emit(leg, "error", errorPayload(leg.conversation, reason, this.#options.now(leg)));
  }

  /** The answer webhook, then the fallback, as often as the rules allow; null where neither has a usable answer. */
  async fetchNcco(leg: Leg, to?: Address): Promise<readonly Action[] | null> {
    const { webhooks, chaos, application } = this.#options;
    const payload = answerPayload(leg);
    const webhook = this.#webhook("answer", "answer", leg, payload, to);
    leg.showsNumber = "from" in webhook.payload;
    const chance = leg.random.branch("answer");
    const reply = webhooks.request(webhook, earlyTries(chaos, chance));
    if (chance.chance(chaos.answerTwice)) {
      const again = webhooks.request({ ...webhook, tokenId: leg.random.uuid() });
      this.#compare(leg, await reply, await again);
    }
    const answer = this.#readNcco(leg, await reply);
    if (answer.actions !== null) return answer.actions;
    const { url } = to ?? application.webhooks.answer;
    return await this.#fallBack(leg, fallbackPayload(payload, "answer", url, answer.reason));
  }

  /**
   * Sends an event whose reply may be an NCCO. Where it fails, the fallback is asked; null where there is no new NCCO,
   * which is also what an accepted event without one means.
   */
  async instruct(
    leg: Leg,
    name: string,
    payload: Payload,
    to?: Address,
  ): Promise<readonly Action[] | null> {
    const { webhooks, application } = this.#options;
    const webhook = this.#webhook("event", name, leg, payload, to);
    const reply = await (name === "input" ? this.#input(leg, webhook) : webhooks.request(webhook));
    if (reply.accepted && !/^\s*\[/.test(reply.body)) return null;
    const instruction = this.#readNcco(leg, reply);
    if (instruction.actions !== null) return instruction.actions;
    const { url } = to ?? application.webhooks.event;
    return await this.#fallBack(leg, fallbackPayload(payload, "event", url, instruction.reason));
  }

  /** What a caller entered is retried, and now and then sent twice, as an answer webhook is. */
  async #input(leg: Leg, webhook: Webhook): Promise<Reply> {
    const { webhooks, chaos } = this.#options;
    const chance = leg.random.branch(`input ${webhook.tokenId}`);
    const reply = webhooks.request(webhook, earlyTries(chaos, chance));
    if (chance.chance(chaos.answerTwice)) {
      const again = webhooks.request({ ...webhook, tokenId: chance.uuid() });
      this.#compare(leg, await reply, await again);
    }
    return await reply;
  }

  async #fallBack(leg: Leg, payload: Payload): Promise<readonly Action[] | null> {
    const webhook = this.#webhook("fallback", "fallback", leg, payload);
    return this.#readNcco(leg, await this.#options.webhooks.request(webhook)).actions;
  }

  /** Whoever is asked twice must say the same twice. */
  #compare(leg: Leg, one: Reply, other: Reply): void {
    if (!one.accepted || !other.accepted || one.body === other.body) return;
    this.#problems.push(`asked twice, leg ${leg.id} got two NCCOs: ${one.body} and ${other.body}`);
  }

  #readNcco(leg: Leg, reply: Reply): Reading {
    if (!reply.accepted) {
      this.#problems.push(`no answer for leg ${leg.id}: ${reply.reason}`);
      return { actions: null, reason: reply.reason };
    }
    const ncco = parseNcco(reply.contentType, reply.body);
    if (ncco.ok) return { actions: ncco.actions, reason: "" };
    this.#problems.push(`NCCO refused for leg ${leg.id}: ${ncco.problems.join("; ")}`);
    this.complain(leg, NCCO_REFUSED);
    return { actions: null, reason: NCCO_REFUSED };
  }

  #webhook(kind: Webhook["kind"], name: string, leg: Leg, payload: Payload, to?: Address): Webhook {
    const tokenId = leg.random.uuid();
    return {
      kind,
      name,
      leg: LEGLESS.has(name) ? "" : leg.id,
      tokenId,
      payload: misshape(payload, this.#options.chaos, leg.random.branch(`shape ${tokenId}`)),
      ...(to === undefined ? {} : { to }),
      skewMs: leg.skewMs,
    };
  }
}
