/** When a conference is to look at something again without a further webhook, in milliseconds since the epoch. */
import { startOfDay } from "../../lib/time.ts";
import { retentionDays } from "../../config/settings.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";
import { UNCONFIRMED_MS, type Participant } from "../state/leg/participant.ts";

/** When what is of a day has been kept long enough; null of no day. */
export function keptUntil(day: number | null, env: Env): number | null {
  return day === null ? null : startOfDay(day + retentionDays(env) + 1);
}

/**
 * When a live leg changes by itself. Of an expected leg already when an answer that comes right now would count without a
 * transfer: `answered` then finds the alarm set, which saves a row a call.
 */
export function changesAt(leg: StoredLeg, record: Participant, now: number): number | null {
  const { phase, nextChangeAt } = record;
  if (phase !== "expected" || nextChangeAt === null) return nextChangeAt;
  const admission = leg.facts.find((fact) => fact.type === "admission");
  return Math.min(nextChangeAt, now + UNCONFIRMED_MS + (admission?.greetingMs ?? 0));
}
