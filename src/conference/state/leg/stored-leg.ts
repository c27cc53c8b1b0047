/** A leg as it is stored, and when it is filed among those that are gone. Pure. */
import { DAY_MS, dayOf } from "../../../lib/time.ts";
import type { Fact } from "./fact.ts";
import type { Participant } from "./participant.ts";

export interface StoredLeg {
  leg: string;
  /** 0 for a live leg, else the day on which it was found gone. */
  gone: number;
  facts: readonly Fact[];
  /** How many webhooks arrived that were in the set already. */
  duplicates: number;
  /** Milliseconds since the epoch; only used to order the legs that are gone. */
  leftAt: number | null;
}

/** A leg stays live no longer than this for a fact that is dated in the future. */
const MAX_WAIT_MS = 3 * DAY_MS;

/**
 * The leg, marked as gone once only a new webhook can bring it back, else as live. `record`: the record of its set at the moment
 * `now`.
 */
export function filed(leg: StoredLeg, record: Participant, now: number): StoredLeg {
  const { phase, nextChangeAt, leftAt } = record;
  const waits = nextChangeAt !== null && nextChangeAt < now + MAX_WAIT_MS;
  const settled = phase === "gone" && !waits;
  return { ...leg, gone: settled ? leg.gone || dayOf(now) : 0, leftAt: settled ? leftAt : null };
}
