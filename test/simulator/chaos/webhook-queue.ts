/**
 * The carrier's queue of webhooks, and the place where its delivery misbehaves: every webhook can be sent late, several
 * times, or not at all.
 */
import { deliver } from "../webhooks/delivery.ts";
import type { DeliveryOptions, EarlyTries, Reply, Webhook } from "../webhooks/delivery.ts";

export interface Copy {
  /** When it is sent, in milliseconds of call time after the webhook is due. */
  readonly afterMs: number;
  /** Counted from the end of the leg instead. */
  readonly pastTheEnd?: boolean;
  readonly earlyTries?: EarlyTries;
}

/**
 * The copies of a webhook that are sent. One at 0 is a carrier that behaves, two repeat, one at 3000 is late (so that
 * later webhooks overtake it), none loses.
 */
export type Mischief = (webhook: Webhook) => readonly Copy[];

/** A carrier that behaves. */
export const NO_MISCHIEF: Mischief = () => [{ afterMs: 0 }];

/** What becomes of a webhook, told as it happens. */
export type DeliveryNews =
  /** It is due; nothing may have been sent yet. */
  | { readonly type: "due"; readonly webhook: Webhook }
  | { readonly type: "sending"; readonly webhook: Webhook }
  /** `ms`: how long the bridge took to accept it, its retries included, in real milliseconds. */
  | { readonly type: "accepted"; readonly webhook: Webhook; readonly ms: number }
  /** `chosen`: the carrier never sent it, so it is no fault of the bridge's. */
  | {
      readonly type: "lost";
      readonly webhook: Webhook;
      readonly reason: string;
      readonly chosen: boolean;
    };

export interface WebhookQueueOptions extends DeliveryOptions {
  readonly mischief: Mischief;
  readonly onNews: (news: DeliveryNews) => void;
}

export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  /** Events of which the bridge has not accepted a copy yet. */
  readonly #pending = new Set<Webhook>();
  readonly #copies = new Set<Promise<unknown>>();

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
  }

  /**
   * Sends an event, with whatever mischief is due, and does not wait for it. `ended` is aborted with its leg; `delayMs`
   * of call time come on top of the mischief.
   */
  post(webhook: Webhook, ended: AbortSignal, delayMs = 0): void {
    const plan = this.#options.mischief(webhook);
    if (plan.length === 0) return this.withhold(webhook);
    this.#options.onNews({ type: "due", webhook });
    this.#pending.add(webhook);
    const copies = plan.map((copy) =>
      this.#sendCopy(webhook, { ...copy, afterMs: copy.afterMs + delayMs }, ended),
    );
    this.#track(this.#conclude(webhook, Promise.all(copies)));
  }

  /** Never sends an event. */
  withhold(webhook: Webhook): void {
    this.#options.onNews({ type: "due", webhook });
    this.#options.onNews({ type: "lost", webhook, reason: "never sent", chosen: true });
  }

  /** Sends a webhook whose response matters. */
  async request(webhook: Webhook, earlyTries: EarlyTries = "usual"): Promise<Reply> {
    this.#options.onNews({ type: "due", webhook });
    this.#options.onNews({ type: "sending", webhook });
    const startedAt = performance.now();
    const reply = await deliver(webhook, this.#options, earlyTries);
    const ms = performance.now() - startedAt;
    this.#options.onNews(
      reply.accepted
        ? { type: "accepted", webhook, ms }
        : { type: "lost", webhook, reason: reply.reason, chosen: false },
    );
    return reply;
  }

  /** Resolves when every copy of every event was accepted or given up. */
  async drained(): Promise<void> {
    while (this.#copies.size > 0) await Promise.all(this.#copies);
  }

  async #sendCopy(webhook: Webhook, copy: Copy, ended: AbortSignal): Promise<Reply> {
    if (copy.pastTheEnd === true) await aborted(ended);
    if (copy.afterMs > 0) await this.#options.clock.wait(copy.afterMs);
    this.#options.onNews({ type: "sending", webhook });
    const startedAt = performance.now();
    const reply = await deliver(webhook, this.#options, copy.earlyTries);
    // Only the first accepted copy is news: that is when the bridge has promised to know.
    if (reply.accepted && this.#pending.delete(webhook)) {
      this.#options.onNews({ type: "accepted", webhook, ms: performance.now() - startedAt });
    }
    return reply;
  }

  async #conclude(webhook: Webhook, copies: Promise<Reply[]>): Promise<void> {
    const replies = await copies;
    if (!this.#pending.delete(webhook)) return;
    const reason = replies.map((reply) => (reply.accepted ? "" : reply.reason)).join(", ");
    this.#options.onNews({ type: "lost", webhook, reason, chosen: false });
  }

  #track(copies: Promise<unknown>): void {
    this.#copies.add(copies);
    void copies.finally(() => this.#copies.delete(copies));
  }
}

/** Resolves, with null, when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}
