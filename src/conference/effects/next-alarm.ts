/** The moments, in milliseconds since the epoch, for which a conference sets its alarm. */
import { startOfDay } from "../../lib/time.ts";
import { retentionDays } from "../../config/settings.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";
import { UNCONFIRMED_MS, type Participant } from "../state/leg/participant.ts";

/** When the data of a day is deleted; null for no day. */
export function keptUntil(day: number | null, env: Env): number | null {
  return day === null ? null : startOfDay(day + retentionDays(env) + 1);
}

/**
 * When a live leg's record changes by itself. For an expected leg, as early as an `answered` that came now would count without a
 * transfer: when `answered` comes, the alarm is set already, which saves one row per call.
 */
export function changesAt(leg: StoredLeg, record: Participant, now: number): number | null {
  const { phase, nextChangeAt } = record;
  if (phase !== "expected" || nextChangeAt === null) return nextChangeAt;
  const admission = leg.facts.find((fact) => fact.type === "admission");
  return Math.min(nextChangeAt, now + UNCONFIRMED_MS + (admission?.greetingMs ?? 0));
}
