import { BoundedMap } from "../lib/bounded-map.ts";
import type { LegRow } from "./leg-row.ts";
import { isSettled } from "./outcome.ts";

/** More than are up at a time on one object, at some hundred bytes each. */
const MAX_REMEMBERED = 10_000;

/**
 * The legs whose webhooks go straight to their conference, since it is known for good and none wait before them. Saves
 * reading the leg's row, which costs as much as all else that the switchboard does about a webhook.
 */
export class RouteCache {
  readonly #conferences = new BoundedMap<string>(MAX_REMEMBERED);

  conferenceOf(leg: string): string | undefined {
    return this.#conferences.get(leg);
  }

  /** To be told of every row that was written, after it was: memory follows SQL, never the other way round. */
  follow({ leg, outcome, held }: LegRow): void {
    if (outcome?.kind === "conference" && isSettled(outcome) && held.length === 0) {
      this.#conferences.set(leg, outcome.conference);
    } else {
      this.#conferences.delete(leg);
    }
  }

  forgetAll(): void {
    this.#conferences.clear();
  }
}
