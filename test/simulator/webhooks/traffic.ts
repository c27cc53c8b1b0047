/** Watches webhooks being sent, so that a test can kill the server in the middle of them. */
import type { Webhook } from "./delivery.ts";
import type { DeliveryNews } from "../chaos/webhook-queue.ts";

export class Traffic {
  readonly #inFlight = new Set<Webhook>();
  #left = 0;
  #resolve: () => void = () => undefined;

  /** How many webhooks were sent and are neither accepted nor given up. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  hear(news: DeliveryNews): void {
    if (news.type === "due") return;
    if (news.type !== "sending") {
      this.#inFlight.delete(news.webhook);
      return;
    }
    this.#inFlight.add(news.webhook);
    this.#left -= 1;
    if (this.#left === 0) this.#resolve();
  }

  /** Resolves when that many more webhooks were sent. */
  afterSending(count: number): Promise<void> {
    this.#left = count;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}
