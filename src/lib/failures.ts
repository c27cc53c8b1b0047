/** How often something failed under a key, in minutes that begin with the first failure. Pure. */

const PERIOD_MS = 60_000;

export interface Failures {
  count: number;
  /** When they are forgotten, in milliseconds since the epoch. */
  until: number;
}

export class FailureCounts {
  readonly #mostKeys: number;
  /** In the order in which they are forgotten. */
  readonly #counts = new Map<string, Failures>();

  /** `mostKeys`: beyond so many the oldest goes first, for keys of which a stranger can have any number. */
  constructor(mostKeys = Number.POSITIVE_INFINITY) {
    this.#mostKeys = mostKeys;
  }

  of(key: string, now: number): Failures {
    const noted = this.#counts.get(key);
    return noted !== undefined && now < noted.until ? noted : { count: 0, until: now + PERIOD_MS };
  }

  /** Counts a failure; how many there are now. */
  add(key: string, now: number): number {
    const { count, until } = this.of(key, now);
    if (count === 0) this.#counts.delete(key);
    this.#counts.set(key, { count: count + 1, until });
    this.#forget(now);
    return count + 1;
  }

  /** As if there had been so many, all of them now: somebody else has counted them. */
  fill(key: string, count: number, now: number): void {
    this.#counts.delete(key);
    this.#counts.set(key, { count, until: now + PERIOD_MS });
    this.#forget(now);
  }

  get size(): number {
    return this.#counts.size;
  }

  #forget(now: number): void {
    for (const [key, { until }] of this.#counts) {
      if (now < until && this.#counts.size <= this.#mostKeys) return;
      this.#counts.delete(key);
    }
  }
}
