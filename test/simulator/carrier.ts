/**
 * The carrier: it takes calls for an application, plays their legs, and keeps the truth about who is in which named
 * conversation. It knows the bridge only by its webhooks.
 */
import type { Application } from "./application.ts";
import type { Clock } from "./clock.ts";
import type { RetryRule, Reply, Webhook } from "./delivery.ts";
import { Leg, playLeg } from "./leg.ts";
import type { Platform } from "./leg.ts";
import { parseNcco } from "./ncco.ts";
import type { Action, ConversationAction } from "./ncco.ts";
import { Outbox } from "./outbox.ts";
import type { DeliveryNews, Mischief } from "./outbox.ts";
import type { Random } from "./random.ts";
import { Truth } from "./truth.ts";
import { answerPayload, errorPayload, fallbackPayload } from "./wire.ts";
import type { Payload } from "./wire.ts";

export interface CarrierOptions {
  readonly application: Application;
  readonly clock: Clock;
  readonly random: Random;
  readonly retry: RetryRule;
  readonly mischief: Mischief;
  /** Hears what becomes of each webhook. */
  readonly onNews: (news: DeliveryNews) => void;
}

export interface CallPlan {
  /** The caller's number; not unique, one person may call twice. */
  readonly caller: string;
  /** The number to call, without `+`. */
  readonly line: string;
  /** When the caller hangs up, in call milliseconds after dialling; null for one who stays until told otherwise. */
  readonly hangUpAfterMs: number | null;
}

/** The reason that the platform was recorded to give for an NCCO that it refuses. */
const NCCO_REFUSED = "Syntax error in NCCO. Invalid value type or action.";

export class Carrier {
  /** Who is where. Only the carrier writes it. */
  readonly truth = new Truth();
  readonly #options: CarrierOptions;
  readonly #outbox: Outbox;
  readonly #platform: Platform;
  readonly #legs = new Map<string, Leg>();
  readonly #playing = new Set<Promise<void>>();
  /** The conversations that a leg was ever moved to: its webhooks matter to them. */
  readonly #visited = new Map<string, Set<string>>();
  /** Legs whose leaving closes their conversation for everyone. */
  readonly #closers = new Set<string>();
  readonly #problems: string[] = [];

  constructor(options: CarrierOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options);
    this.#platform = {
      clock: options.clock,
      emit: (leg, name, payload) => this.#outbox.post(this.#webhook("event", name, leg, payload)),
      fetchNcco: (leg) => this.#fetchNcco(leg),
      enter: (leg, action) => this.#enter(leg, action),
      leave: (leg) => this.#leave(leg),
    };
  }

  /** What the bridge did that a caller would have noticed: no answer, or an NCCO that the platform refuses. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Starts a call. */
  dial(plan: CallPlan): Leg {
    const random = this.#options.random.branch(`leg ${this.#legs.size + 1}`);
    // Inbound legs have ids without dashes.
    const { caller, line } = plan;
    const leg = new Leg(
      { id: random.hex(32), caller, line, origin: `CON-${random.uuid()}` },
      random,
    );
    this.#legs.set(leg.id, leg);
    if (plan.hangUpAfterMs !== null) {
      void this.#options.clock.wait(plan.hangUpAfterMs, leg.ended).then(() => leg.hangUp("user"));
    }
    // Not before the next tick, so that whoever dials knows the leg before its first webhook is sent.
    const playing = Promise.resolve().then(() => playLeg(leg, this.#platform));
    this.#playing.add(playing);
    void playing.finally(() => this.#playing.delete(playing));
    return leg;
  }

  /** Resolves when every leg has ended and every event was accepted or given up. */
  async finished(): Promise<void> {
    while (this.#playing.size > 0) await Promise.all(this.#playing);
    await this.#outbox.drained();
  }

  /**
   * Whether the bridge was told everything about a conversation: no event of a leg that was ever in it is still on its
   * way. From then on, what the bridge says must be the truth.
   */
  isSettled(conversation: string): boolean {
    const visitors = this.#visited.get(conversation) ?? new Set();
    return [...this.#outbox.pendingLegs()].every((leg) => !visitors.has(leg));
  }

  #enter(leg: Leg, action: ConversationAction): string {
    this.truth.enter(leg.id, action.name, this.#options.clock.now());
    const visitors = this.#visited.get(action.name) ?? new Set();
    this.#visited.set(action.name, visitors.add(leg.id));
    if (action.endOnExit === true) this.#closers.add(leg.id);
    // One id for one name, for as long as the application's conversations live, whoever is in them.
    return `CON-${this.#options.random.branch(`conversation ${action.name}`).uuid()}`;
  }

  #leave(leg: Leg): void {
    const conversation = this.truth.whereIs(leg.id);
    this.truth.leave(leg.id, this.#options.clock.now());
    if (conversation === null || !this.#closers.has(leg.id)) return;
    for (const other of this.truth.present(conversation)) {
      this.#legs.get(other)?.hangUp("platform");
    }
  }

  /** The answer webhook, then the fallback, as often as the rules allow. */
  async #fetchNcco(leg: Leg): Promise<readonly Action[] | null> {
    const payload = answerPayload(leg);
    const reply = await this.#outbox.request(this.#webhook("answer", "answer", leg, payload));
    const answer = this.#readNcco(leg, reply);
    if (answer.actions !== null) return answer.actions;

    const { url } = this.#options.application.webhooks.answer;
    const fallback = this.#webhook(
      "fallback",
      "fallback",
      leg,
      fallbackPayload(leg, url, answer.reason),
    );
    return this.#readNcco(leg, await this.#outbox.request(fallback)).actions;
  }

  #readNcco(leg: Leg, reply: Reply): { actions: readonly Action[] | null; reason: string } {
    if (!reply.accepted) {
      this.#problems.push(`no answer for leg ${leg.id}: ${reply.reason}`);
      return { actions: null, reason: reply.reason };
    }
    const ncco = parseNcco(reply.contentType, reply.body);
    if (ncco.ok) return { actions: ncco.actions, reason: "" };
    this.#problems.push(`NCCO refused for leg ${leg.id}: ${ncco.problems.join("; ")}`);
    const error = errorPayload(leg, NCCO_REFUSED, this.#options.clock.now());
    this.#outbox.post(this.#webhook("event", "error", leg, error));
    return { actions: null, reason: NCCO_REFUSED };
  }

  #webhook(kind: Webhook["kind"], name: string, leg: Leg, payload: Payload): Webhook {
    return { kind, name, leg: leg.id, tokenId: leg.random.uuid(), payload };
  }
}
