/** When a leg that has given no sign of life is to be looked up at the carrier. */
import type { Participant } from "../state/leg/participant.ts";

/** A carrier that does not know, or does not answer, is asked again this much later at the latest. */
const LONGEST_PAUSE_MS = 4 * 3_600_000;

/**
 * Remembers which look-ups brought nothing, so that they are tried again ever more seldom. What one brought belongs to
 * the leg's set, and is a sign of life or its end. Kept in memory alone: the alarm carries the next moment over.
 */
export class LookUps {
  readonly #afterMs: number;
  readonly #asked = new Map<string, { next: number; pauseMs: number; lastSignAt: number | null }>();

  /** `afterMs`: how long a leg may be silent. */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /** When a live leg is to be looked up, if nothing is heard of it before; null for one without any time. */
  dueAt(leg: string, { lastSignAt }: Participant): number | null {
    if (lastSignAt === null) return null;
    const asked = this.#asked.get(leg);
    // Whatever was heard since then answers the question.
    const next = asked?.lastSignAt === lastSignAt ? asked.next : 0;
    return Math.max(lastSignAt + this.#afterMs, next);
  }

  /** To be told of each look-up that was asked for. */
  asked(leg: string, { lastSignAt }: Participant, now: number): void {
    const last = this.#asked.get(leg);
    const before = last?.lastSignAt === lastSignAt ? last.pauseMs : this.#afterMs / 2;
    const pauseMs = Math.min(before * 2, Math.max(this.#afterMs, LONGEST_PAUSE_MS));
    this.#asked.set(leg, { next: now + pauseMs, pauseMs, lastSignAt });
  }

  /** Forgets legs that are no longer live. */
  keepOnly(live: ReadonlySet<string>): void {
    for (const leg of this.#asked.keys()) if (!live.has(leg)) this.#asked.delete(leg);
  }
}
