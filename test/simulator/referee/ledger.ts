/** Everything about each leg that the bridge acknowledged: all that a bridge can possibly know. */
import type { Webhook } from "../webhooks/delivery.ts";
import type { DeliveryNews } from "../chaos/webhook-queue.ts";

/** What was told about one leg. Times in milliseconds since the epoch. */
export interface Told {
  /** Webhooks that matter to where it is and are still on their way. */
  readonly pending: number;
  /** How many moves were reported and accepted, and how many were not and never will be. */
  readonly moves: number;
  readonly movesLost: number;
  /** Whether an `answered` was accepted, and the time that it gives. */
  readonly answered: boolean;
  readonly answeredAt: number | null;
  /** Whether a status that ends a leg was accepted. */
  readonly ended: boolean;
  /** The latest time that an accepted webhook gives, or that an answer webhook was accepted at. */
  readonly lastSignAt: number;
  /** The number of its latest change. The changes of all legs share one sequence. */
  readonly revision: number;
}

const NOTHING: Told = {
  pending: 0,
  moves: 0,
  movesLost: 0,
  answered: false,
  answeredAt: null,
  ended: false,
  lastSignAt: 0,
  revision: 0,
};

const ENDINGS: ReadonlySet<string> = new Set([
  "completed",
  "rejected",
  "failed",
  "busy",
  "cancelled",
  "unanswered",
  "timeout",
]);

const OTHERS: ReadonlySet<string> = new Set([
  "answer",
  "fallback",
  "started",
  "ringing",
  "answered",
  "transfer",
]);

export class Ledger {
  readonly #told = new Map<string, Told>();
  #changes = 0;

  /** How many changes there were. What has a higher revision was changed after this was read. */
  get changes(): number {
    return this.#changes;
  }

  /** Writes down what became of a webhook. */
  hear(news: DeliveryNews): void {
    const { webhook } = news;
    if (!ENDINGS.has(webhook.name) && !OTHERS.has(webhook.name)) return;
    const before = this.told(webhook.leg);
    this.#changes += 1;
    const after = { ...before, revision: this.#changes };
    if (news.type === "due") this.#told.set(webhook.leg, { ...after, pending: after.pending + 1 });
    if (news.type === "accepted") this.#told.set(webhook.leg, withAccepted(after, webhook));
    if (news.type === "lost") this.#told.set(webhook.leg, withLost(after, webhook));
  }

  told(leg: string): Told {
    return this.#told.get(leg) ?? NOTHING;
  }
}

function withAccepted(told: Told, webhook: Webhook): Told {
  const at = timeOf(webhook);
  const { name } = webhook;
  return {
    ...told,
    pending: told.pending - 1,
    moves: told.moves + (name === "transfer" ? 1 : 0),
    answered: told.answered || name === "answered",
    answeredAt: name === "answered" ? at : told.answeredAt,
    ended: told.ended || ENDINGS.has(name),
    lastSignAt: Math.max(told.lastSignAt, at ?? 0),
  };
}

function withLost(told: Told, webhook: Webhook): Told {
  const movesLost = told.movesLost + (webhook.name === "transfer" ? 1 : 0);
  return { ...told, pending: told.pending - 1, movesLost };
}

/** The time that a webhook gives: an event its own, if it has one; the others carry none, and their coming is known. */
function timeOf({ kind, payload }: Webhook): number | null {
  if (kind !== "event") return Date.now();
  const at = Date.parse(String(payload["timestamp"]));
  return Number.isNaN(at) ? null : at;
}
