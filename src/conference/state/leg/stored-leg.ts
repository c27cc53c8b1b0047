/** A leg as it is stored, and when it is filed among those that are gone. Pure. */
import { DAY_MS, dayOf } from "../../../lib/time.ts";
import type { Fact } from "./fact.ts";
import type { Participant } from "./participant.ts";

export interface StoredLeg {
  leg: string;
  /** 0 for a live leg, else the day on which it was found gone. */
  gone: number;
  facts: readonly Fact[];
  /** How many webhooks came again that were in the set already. */
  duplicates: number;
  /** Milliseconds since the epoch; only to order those that are gone. */
  leftAt: number | null;
}

/** Longer than this nobody waits for the time of a webhook that is dated in the future. */
const LONGEST_WAIT_MS = 3 * DAY_MS;

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
