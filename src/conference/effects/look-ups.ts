/** When to look up a leg at the carrier that has given no sign of life. */
import type { Participant } from "../state/leg/participant.ts";

/** The longest pause between two look-ups of a leg that bring no answer. */
const MAX_PAUSE_MS = 4 * 3_600_000;

/**
 * Remembers look-ups without an answer, so that each pause is twice as long as the one before. An answer joins the leg's set, as a
 * sign of life or its end. Kept in memory only: an eviction costs at most one early look-up per leg.
 */
export class LookUps {
  readonly #afterMs: number;
  readonly #asked = new Map<string, { next: number; pauseMs: number; lastSignAt: number | null }>();

  /** `afterMs`: how long a leg may be silent. */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** When to look up a live leg, unless a webhook comes before; null for a leg without any usable time. */
  dueAt(leg: string, { lastSignAt }: Participant): number | null {
    if (lastSignAt === null) return null;
    const asked = this.#asked.get(leg);
    // A later sign of life has answered the look-up.
    const next = asked?.lastSignAt === lastSignAt ? asked.next : 0;
    return Math.max(lastSignAt + this.#afterMs, next);
  }

  /** Call this for each look-up that was submitted. */
  asked(leg: string, { lastSignAt }: Participant, now: number): void {
    const last = this.#asked.get(leg);
    const before = last?.lastSignAt === lastSignAt ? last.pauseMs : this.#afterMs / 2;
    const pauseMs = Math.min(before * 2, Math.max(this.#afterMs, MAX_PAUSE_MS));
    this.#asked.set(leg, { next: now + pauseMs, pauseMs, lastSignAt });
  }

  /** Forgets legs that are no longer live. */
  keepOnly(live: ReadonlySet<string>): void {
    for (const leg of this.#asked.keys()) if (!live.has(leg)) this.#asked.delete(leg);
  }
}
