import { BoundedMap } from "../lib/bounded-map.ts";
import type { LegRow } from "./leg-row.ts";
import { isSettled } from "./outcome.ts";

/** More legs than are active at a time on one object, at some hundred bytes each. */
const MAX_ENTRIES = 10_000;

/**
 * Caches the conference of each leg whose webhooks go straight there: it is final, and no webhook is held before them. A hit saves
 * reading the leg's row, which costs as much as all else that the switchboard does about a webhook.
 */
export class RouteCache {
  readonly #conferences = new BoundedMap<string>(MAX_ENTRIES);

  get(leg: string): string | undefined {
    return this.#conferences.get(leg);
  }

  /** To be called after every write of a row, never before: otherwise a failed write would leave a wrong entry. */
  update({ leg, outcome, held }: LegRow): void {
    if (outcome?.kind === "conference" && isSettled(outcome) && held.length === 0) {
      this.#conferences.set(leg, outcome.conference);
    } else {
      this.#conferences.delete(leg);
    }
  }

  clear(): void {
    this.#conferences.clear();
  }
}
