/**
 * What the webhooks that a bridge acknowledged can tell about one leg and one conference. Where they tell all, the
 * bridge must be exact; where some were never sent, a documented bound says until when it may be wrong. The rules are
 * the bridge's published promises (README, "How the count works"), not its code.
 */
import type { Told } from "./ledger.ts";

/** `pending`: a webhook is on its way, nobody can be blamed yet. `either`: within a documented bound. */
export type Testimony = "in" | "out" | "either" | "pending";

export interface Facts {
  /** Whether the leg really is in the conference. */
  readonly isIn: boolean;
  readonly hasEnded: boolean;
  /** How many characters were said to it before it was moved. */
  readonly heardCharacters: number;
  readonly told: Told;
}

/** Bounds that the bridge promises, in milliseconds. */
export interface Bounds {
  /** How long a leg may give no sign of life (`MAX_CALL_HOURS`). */
  readonly maxCallMs: number;
}

/** An answered leg whose move nobody reported counts after this, and after its greeting. */
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
function unreported({ isIn, heardCharacters, told }: Facts, now: number): Testimony {
  if (!told.answered) return isIn ? "either" : "out";
  const greetingMs = (heardCharacters / GREETING_CHARACTERS_PER_SECOND) * 1000;
  // An answer without a time was given by the latest time that is known.
  const answeredAt = told.answeredAt ?? told.lastSignAt;
  const countsAt = answeredAt + UNCONFIRMED_MS + greetingMs;
  if (isIn) return now > countsAt + TOLERANCE_MS ? "in" : "either";
  return now > countsAt - TOLERANCE_MS ? "either" : "out";
}
