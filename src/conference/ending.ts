/** How a leg ended: the carrier's terminal statuses, and nothing else. Absorbing. */
import { TERMINAL_STATUSES } from "../vonage/event.ts";
import { compare, inCanonicalOrder } from "./canonical-order.ts";
import { usableTime, type Clock } from "./clock.ts";
import { webhookKey, type StatusWebhook, type Webhook } from "./webhook.ts";

export interface Ending {
  /** The earliest of them, in milliseconds since the epoch; null where none has a usable time. */
  at: number | null;
  /** The most telling status, with its detail: a `busy` says more than the `completed` that follows it. */
  reason: string;
}

export function isTerminal(webhook: Webhook): webhook is StatusWebhook {
  return webhook.type === "status" && TERMINAL_STATUSES.includes(webhook.status);
}

/** Orders terminal statuses, the most telling one first. */
export function telling(a: Webhook, b: Webhook): number {
  return compare(tellingRank(a), tellingRank(b));
}

function tellingRank(webhook: Webhook): number {
  if (!isTerminal(webhook)) return Number.POSITIVE_INFINITY;
  return TERMINAL_STATUSES.indexOf(webhook.status) * 2 + (webhook.detail === null ? 1 : 0);
}

export function endingOf(webhooks: readonly Webhook[], clock: Clock): Ending | null {
  const terminal = inCanonicalOrder(webhooks.filter(isTerminal), clock);
  const [best] = terminal.toSorted(
    (a, b) => telling(a, b) || compare(webhookKey(a), webhookKey(b)),
  );
  if (best === undefined) return null;
  const times = terminal
    .map((webhook) => usableTime(webhook, clock))
    .filter((time) => time !== null);
  return {
    at: times[0] ?? null,
    reason: best.detail === null ? best.status : `${best.status} (${best.detail})`,
  };
}
