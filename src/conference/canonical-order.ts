/** The order in which a set is read, whatever the order in which its members came. */
import { usableTime, type Clock } from "./clock.ts";
import { webhookKey, type Webhook } from "./webhook.ts";

const RANK = [
  "admission",
  "started",
  "ringing",
  "answered",
  "human",
  "machine",
  "transfer",
  "disconnected",
];

function rank(webhook: Webhook): number {
  const index = RANK.indexOf(webhook.type === "status" ? webhook.status : webhook.type);
  return index === -1 ? RANK.length : index;
}

/**
 * The canonical order in which a set is read: by usable time (none sorts first), then by the order in which a call
 * goes, then by content. It depends on nothing but the set and the time.
 */
export function inCanonicalOrder<W extends Webhook>(webhooks: readonly W[], clock: Clock): W[] {
  return webhooks
    .map((webhook) => ({
      webhook,
      time: usableTime(webhook, clock) ?? Number.NEGATIVE_INFINITY,
      rank: rank(webhook),
      key: webhookKey(webhook),
    }))
    .toSorted((a, b) => compare(a.time, b.time) || a.rank - b.rank || compare(a.key, b.key))
    .map(({ webhook }) => webhook);
}

/** Smaller first; unlike a subtraction it also orders two infinities. */
export function compare<T extends number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
