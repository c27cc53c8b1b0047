/**
 * The carrier's queue of webhooks. It knows which of them the bridge has not accepted yet, and it is the place where the
 * carrier misbehaves: every webhook can be sent late, several times, or not at all.
 */
import { deliver } from "./delivery.ts";
import type { DeliveryOptions, Reply, Webhook } from "./delivery.ts";

/**
 * When the copies of a webhook are sent, in milliseconds of call time after it is due. `[0]` is a carrier that behaves,
 * `[0, 500]` repeats, `[3000]` is late (so that later webhooks overtake it), `[]` loses.
 */
export type Mischief = (webhook: Webhook) => readonly number[];

/** A carrier that behaves. */
export const NO_MISCHIEF: Mischief = () => [0];

/** What becomes of a webhook, told as it happens. */
export type DeliveryNews =
  | { readonly type: "sending"; readonly webhook: Webhook }
  | { readonly type: "accepted"; readonly webhook: Webhook }
  | { readonly type: "lost"; readonly webhook: Webhook; readonly reason: string };

export interface OutboxOptions extends DeliveryOptions {
  readonly mischief: Mischief;
  readonly onNews: (news: DeliveryNews) => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  /** Events of which the bridge has not accepted a copy yet. */
  readonly #pending = new Set<Webhook>();
  readonly #copies = new Set<Promise<unknown>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Sends an event, with whatever mischief is due, and does not wait for it. */
  post(webhook: Webhook): void {
    const delaysMs = this.#options.mischief(webhook);
    if (delaysMs.length === 0) {
      this.#options.onNews({ type: "lost", webhook, reason: "never sent" });
      return;
    }
    this.#pending.add(webhook);
    const copies = delaysMs.map((delayMs) => this.#sendCopy(webhook, delayMs));
    this.#track(this.#conclude(webhook, Promise.all(copies)));
  }

  /** Sends a webhook whose response matters. */
  async request(webhook: Webhook): Promise<Reply> {
    this.#options.onNews({ type: "sending", webhook });
    const reply = await deliver(webhook, this.#options);
    this.#options.onNews(
      reply.accepted
        ? { type: "accepted", webhook }
        : { type: "lost", webhook, reason: reply.reason },
    );
    return reply;
  }

  /** The legs with an event that the bridge has not accepted yet. */
  pendingLegs(): ReadonlySet<string> {
    return new Set([...this.#pending].map((webhook) => webhook.leg));
  }

  /** Resolves when every copy of every event was accepted or given up. */
  async drained(): Promise<void> {
    while (this.#copies.size > 0) await Promise.all(this.#copies);
  }

  async #sendCopy(webhook: Webhook, delayMs: number): Promise<Reply> {
    if (delayMs > 0) await this.#options.clock.wait(delayMs);
    this.#options.onNews({ type: "sending", webhook });
    const reply = await deliver(webhook, this.#options);
    // Only the first accepted copy is news: that is when the bridge has promised to know.
    if (reply.accepted && this.#pending.delete(webhook)) {
      this.#options.onNews({ type: "accepted", webhook });
    }
    return reply;
  }

  async #conclude(webhook: Webhook, copies: Promise<Reply[]>): Promise<void> {
    const replies = await copies;
    if (!this.#pending.delete(webhook)) return;
    const reason = replies.map((reply) => (reply.accepted ? "" : reply.reason)).join(", ");
    this.#options.onNews({ type: "lost", webhook, reason });
  }

  #track(copies: Promise<unknown>): void {
    this.#copies.add(copies);
    void copies.finally(() => this.#copies.delete(copies));
  }
}
