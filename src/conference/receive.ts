/** What deliveries make of a leg: its new record, what the journal gets, and what became of each. Pure. */
import { dayOf } from "../lib/day-tables.ts";
import { asArrived, type Delivery } from "./delivery.ts";
import type { JournalEntry } from "./journal.ts";
import { addWebhook, type Outcome } from "./leg-set.ts";
import type { StoredLeg } from "./legs.ts";
import { participant, type Participant } from "./participant.ts";
import { writtenTime } from "./webhook.ts";

export interface Received {
  leg: StoredLeg;
  /** What the leg's set says now. */
  record: Participant;
  entries: JournalEntry[];
  outcomes: Outcome[];
}

export function receive(
  before: StoredLeg,
  deliveries: readonly Delivery[],
  now: number,
  maxCallMs: number,
): Received {
  let { webhooks, duplicates } = before;
  const entries: JournalEntry[] = [];
  const outcomes: Outcome[] = [];
  for (const delivery of deliveries) {
    const { webhook, kind, status, receivedAt, body } = asArrived(delivery, now);
    const { set, outcome } = addWebhook(webhooks, webhook);
    outcomes.push(outcome);
    if (outcome === "duplicate") {
      duplicates += 1;
      continue;
    }
    webhooks = set;
    entries.push({
      leg: before.leg,
      kind,
      status,
      at: writtenTime(webhook),
      receivedAt,
      outcome,
      body,
    });
  }
  const record = participant(webhooks, now, maxCallMs);
  return {
    leg: filed({ ...before, webhooks, duplicates }, record, now),
    record,
    entries,
    outcomes,
  };
}

/** Longer than this nobody waits for the time of a webhook that is dated in the future. */
const LONGEST_WAIT_MS = 3 * 86_400_000;

/**
 * The leg in its place: among those that are gone once nothing but a new webhook could bring it back. `record`: what its
 * set says at the moment `now`.
 */
export function filed(leg: StoredLeg, record: Participant, now: number): StoredLeg {
  const { phase, nextChangeAt, leftAt } = record;
  const waits = nextChangeAt !== null && nextChangeAt < now + LONGEST_WAIT_MS;
  const settled = phase === "gone" && !waits;
  return { ...leg, gone: settled ? leg.gone || dayOf(now) : 0, leftAt: settled ? leftAt : null };
}
