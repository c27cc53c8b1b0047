/** What the switchboard remembers of a leg, and how holding and handing over webhooks change it. Pure. */
import type { Delivery } from "../conference/state/delivery.ts";
import { factKey } from "../conference/state/leg/fact.ts";
import { earliest } from "../lib/time.ts";
import { nextLookUpAt } from "./last-move.ts";
import { RESOLVE_AFTER_MS, type LegOutcome } from "./outcome.ts";

/** Times in milliseconds since the epoch. */
export interface LegRow {
  leg: string;
  outcome: LegOutcome | null;
  /** Webhooks that came before the outcome, or that the Conference has not accepted yet. */
  held: readonly Delivery[];
  /** When the leg was first heard of. */
  firstAt: number;
  /** When something is due for it; null if nothing is. */
  dueAt: number | null;
  /** How many attempts have failed in a row. */
  failures: number;
}

/** Far more than a call produces while it waits, and well below the largest row (2 MB). More is refused, and the carrier retries. */
const MAX_HELD = 256;
const MAX_HELD_CHARACTERS = 512 * 1024;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

export function newRow(leg: string, firstAt: number): LegRow {
  return { leg, outcome: null, held: [], firstAt, dueAt: null, failures: 0 };
}

/** The row with one more webhook held, or why it does not take the webhook. */
export function holding(
  row: LegRow,
  delivery: Delivery,
  now: number,
): LegRow | "duplicate" | "too many" {
  const key = factKey(delivery.webhook);
  if (row.held.some(({ webhook }) => factKey(webhook) === key)) return "duplicate";
  const characters = row.held.reduce((sum, { body }) => sum + body.length, delivery.body.length);
  if (row.held.length >= MAX_HELD || characters > MAX_HELD_CHARACTERS) return "too many";
  const after = { ...row, held: [...row.held, delivery] };
  const dueAt = earliest([row.dueAt ?? dueAfterHolding(row, now), nextLookUpAt(after, now)]);
  return { ...after, dueAt };
}

/** The row of a leg that we called: it has no answer webhook until somebody takes the call, and none is missing. */
export function invited(row: LegRow, now: number): LegRow {
  if (row.outcome !== null) return row;
  return { ...row, outcome: { kind: "none", reason: "invited", at: now } };
}

/** The row with the webhooks that a conference gave back. If they do not all fit, the first ones are kept. */
export function holdingAll(row: LegRow, deliveries: readonly Delivery[], now: number): LegRow {
  return deliveries.reduce((before, delivery) => {
    const after = holding(before, delivery, now);
    return typeof after === "string" ? before : after;
  }, row);
}

/** When to resolve the leg or to hand over; null for a leg that was sent nowhere: it only keeps webhooks for a late admission. */
function dueAfterHolding({ outcome, firstAt }: LegRow, now: number): number | null {
  if (outcome === null) return Math.max(firstAt + RESOLVE_AFTER_MS, now + 1);
  return outcome.kind === "conference" ? now + FIRST_RETRY_MS : null;
}

/** The row after a hand-over to the outcome's conference. `held`: what is still held; `taken`: whether the conference answered. */
export function handedOver(
  row: LegRow,
  outcome: LegOutcome,
  held: readonly Delivery[],
  taken: boolean,
  now: number,
): LegRow {
  const after = { ...row, outcome, held };
  if (!taken) return failed(after, now);
  return { ...after, failures: 0, dueAt: held.length === 0 ? null : now + FIRST_RETRY_MS };
}

/** The row after a failed attempt: the next one is due later each time. */
export function failed(row: LegRow, now: number): LegRow {
  const failures = row.failures + 1;
  const pause = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
  return { ...row, failures, dueAt: now + pause };
}
