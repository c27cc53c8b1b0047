import type { LegRow } from "./leg-row.ts";

/** More than are up at a time on one object, at some hundred bytes each. */
const MAX_REMEMBERED = 10_000;

/**
 * The legs whose webhooks go straight to their conference, since it is known and none wait before them. Saves reading
 * the leg's row, which costs as much as all else that the switchboard does about a webhook.
 */
export class ClearWays {
  readonly #conferences = new Map<string, string>();

  conferenceOf(leg: string): string | undefined {
    return this.#conferences.get(leg);
  }

  /** To be told of every row that was written, after it was: memory follows SQL, never the other way round. */
  follow({ leg, outcome, held }: LegRow): void {
    this.#conferences.delete(leg);
    if (outcome?.kind !== "conference" || held.length > 0) return;
    this.#conferences.set(leg, outcome.conference);
    const [oldest] = this.#conferences.keys();
    if (this.#conferences.size > MAX_REMEMBERED && oldest !== undefined) {
      this.#conferences.delete(oldest);
    }
  }

  forgetAll(): void {
    this.#conferences.clear();
  }
}
