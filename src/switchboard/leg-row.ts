/** A leg as the switchboard remembers it, and what holding and handing over make of it. Pure. */
import type { Delivery } from "../conference/state/delivery.ts";
import { factKey } from "../conference/state/leg/fact.ts";
import { earliest } from "../lib/time.ts";
import { nextLook } from "./last-move.ts";
import { RESOLVE_AFTER_MS, type LegOutcome } from "./outcome.ts";

/** Times in milliseconds since the epoch. */
export interface LegRow {
  leg: string;
  outcome: LegOutcome | null;
  /** Webhooks that came before the outcome, or that their Conference has not taken yet. */
  held: readonly Delivery[];
  /** When the leg was first heard of. */
  firstAt: number;
  /** When something has to be done about it; null where nothing has. */
  dueAt: number | null;
  /** How often something about it has failed in a row. */
  failures: number;
}

/** Far above what a call can produce while it waits, and well below the largest row. More is refused, not lost. */
const MAX_HELD = 256;
const MAX_HELD_CHARACTERS = 512 * 1024;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

export function newRow(leg: string, firstAt: number): LegRow {
  return { leg, outcome: null, held: [], firstAt, dueAt: null, failures: 0 };
}

/** The row with one more webhook to wait in it, or why it does not take it. */
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
  const dueAt = earliest([row.dueAt ?? dueAfterHolding(row, now), nextLook(after, now)]);
  return { ...after, dueAt };
}

/** The row of a leg that we called: nothing is missing where nobody takes the call. */
export function invited(row: LegRow, now: number): LegRow {
  if (row.outcome !== null) return row;
  return { ...row, outcome: { kind: "none", reason: "invited", at: now } };
}

/** The row with webhooks that a conference gave back; of more than fit those that came first. */
export function holdingAll(row: LegRow, deliveries: readonly Delivery[], now: number): LegRow {
  return deliveries.reduce((before, delivery) => {
    const after = holding(before, delivery, now);
    return typeof after === "string" ? before : after;
  }, row);
}

/** To be resolved, to be handed over, or, of a leg that was sent nowhere, only to be kept: an admission may still come. */
function dueAfterHolding({ outcome, firstAt }: LegRow, now: number): number | null {
  if (outcome === null) return Math.max(firstAt + RESOLVE_AFTER_MS, now + 1);
  return outcome.kind === "conference" ? now + FIRST_RETRY_MS : null;
}

/** The row after a hand-over to the outcome's conference, with what is still `held`. */
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

/** The row after something about it failed: to be tried again, later each time. */
export function failed(row: LegRow, now: number): LegRow {
  const failures = row.failures + 1;
  const pause = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
  return { ...row, failures, dueAt: now + pause };
}
