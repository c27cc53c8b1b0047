/**
 * What the webhooks that a bridge acknowledged can tell about one leg and one conference. Where they tell all, the
 * bridge must be exact; where some were never sent, a documented bound says until when it may be wrong. The rules are
 * the bridge's published promises (`src/README.md`, "How the count works"), not its code.
 */
import type { Told } from "./ledger.ts";

/** `pending`: a webhook is still on its way, so no answer is wrong. `either`: within a documented bound. */
export type Testimony = "in" | "out" | "either" | "pending";

export interface Facts {
  /** Whether the leg really is in the conference. */
  readonly isIn: boolean;
  readonly hasEnded: boolean;
  /** How many characters were said to it between being told to go into a conversation and being moved there. */
  readonly heardCharacters: number;
  /** Between which moments it was told so, in milliseconds since the epoch; null where it was not. */
  readonly sentIn: { readonly after: number; readonly by: number } | null;
  readonly told: Told;
}

/** Bounds that the bridge promises, in milliseconds. */
export interface Bounds {
  /** How long a leg may give no sign of life (`MAX_CALL_HOURS`). */
  readonly maxCallMs: number;
}

/**
 * A leg that was answered and sent into a conversation, whose move nobody reported, counts after this, and after its greeting.
 * Whoever is asked for a PIN is sent there only once they have entered it.
 */
export const UNCONFIRMED_MS = 60_000;
export const GREETING_CHARACTERS_PER_SECOND = 12;

/** Two clocks, a request's way, and a busy machine. */
const TOLERANCE_MS = 2000;

/** What can be known at the moment `now`, in milliseconds since the epoch. */
export function testimony(facts: Facts, bounds: Bounds, now: number): Testimony {
  const { isIn, hasEnded, told } = facts;
  if (told.pending > 0) return "pending";
  const silentAt = told.lastSignAt + bounds.maxCallMs;
  if (hasEnded) return told.ended || now > silentAt + TOLERANCE_MS ? "out" : "either";
  if (now > silentAt - TOLERANCE_MS) return "either";
  if (told.movesLost > 0 && told.moves > 0) return "either";
  if (told.moves > 0) return isIn ? "in" : "out";
  return unreported(facts, now);
}

/** Of a leg whose moves were not reported, or that was not moved yet. */
function unreported({ isIn, heardCharacters, sentIn, told }: Facts, now: number): Testimony {
  if (!told.answered) return isIn ? "either" : "out";
  const greetingMs = (heardCharacters / GREETING_CHARACTERS_PER_SECOND) * 1000;
  // An answer without a time was given by the latest time that is known.
  const answeredAt = told.answeredAt ?? told.lastSignAt;
  const countsAfter = (sentInAt: number): number =>
    Math.max(answeredAt, sentInAt) + UNCONFIRMED_MS + greetingMs;
  if (isIn) return now > countsAfter(sentIn?.by ?? 0) + TOLERANCE_MS ? "in" : "either";
  return now > countsAfter(sentIn?.after ?? 0) - TOLERANCE_MS ? "either" : "out";
}
