/**
 * The set of the distinct webhooks of one leg, bounded. Each class of webhooks keeps its most useful members by a
 * total order of their own, so what is kept does not depend on the order in which they came: whatever was pushed out
 * would be pushed out again.
 */
import { compare } from "./canonical-order.ts";
import { webhookKey, writtenTime, type Webhook } from "./webhook.ts";
import { isTerminal, telling } from "./ending.ts";

export type Outcome = "applied" | "ignored" | "duplicate";

/** A class of webhooks, how many of them are kept, and which first. A real call has two or three of each at most. */
interface Class {
  most: number;
  holds: (webhook: Webhook) => boolean;
  before: (a: Webhook, b: Webhook) => number;
}

const earliest = (a: Webhook, b: Webhook): number => compare(timeOf(a), timeOf(b));
const latest = (a: Webhook, b: Webhook): number => earliest(b, a);

/** Together 64. */
const CLASSES: readonly Class[] = [
  { most: 4, holds: ({ type }) => type === "admission" || type === "release", before: earliest },
  { most: 8, holds: isTerminal, before: (a, b) => telling(a, b) || earliest(a, b) },
  {
    most: 4,
    holds: (webhook) => webhook.type === "status" && webhook.status === "answered",
    before: earliest,
  },
  { most: 8, holds: ({ type }) => type === "status", before: latest },
  // The latest ones: they are a chain, so its end still tells where the leg is.
  { most: 16, holds: ({ type }) => type === "transfer", before: latest },
  { most: 8, holds: ({ type }) => type === "control", before: latest },
  { most: 4, holds: ({ type }) => type === "look-up", before: latest },
  { most: 12, holds: ({ type }) => type === "other", before: latest },
];

/** Adds a webhook to a leg's set. What comes back is a new set, or the same one where nothing was added. */
export function addWebhook(
  set: readonly Webhook[],
  webhook: Webhook,
): { set: readonly Webhook[]; outcome: Outcome } {
  const key = webhookKey(webhook);
  if (set.some((member) => webhookKey(member) === key)) return { set, outcome: "duplicate" };
  const kept = bounded([...set, webhook]);
  const applied = webhook.type !== "other" && kept.includes(webhook);
  return { set: kept, outcome: applied ? "applied" : "ignored" };
}

function bounded(webhooks: readonly Webhook[]): readonly Webhook[] {
  const members = new Map<Class, Webhook[]>();
  for (const webhook of webhooks) {
    const of = CLASSES.find(({ holds }) => holds(webhook));
    if (of !== undefined) members.set(of, [...(members.get(of) ?? []), webhook]);
  }
  const dropped = new Set<Webhook>();
  for (const [{ most, before }, all] of members) {
    if (all.length <= most) continue;
    const order = all.toSorted((a, b) => before(a, b) || compare(webhookKey(a), webhookKey(b)));
    for (const webhook of order.slice(most)) dropped.add(webhook);
  }
  return dropped.size === 0 ? webhooks : webhooks.filter((webhook) => !dropped.has(webhook));
}

function timeOf(webhook: Webhook): number {
  return writtenTime(webhook) ?? Number.NEGATIVE_INFINITY;
}
