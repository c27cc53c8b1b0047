/** Counts failures per key, in windows of a minute that begin with the first failure. Pure. */

const PERIOD_MS = 60_000;

export interface Failures {
  count: number;
  /** The end of the window, in milliseconds since the epoch. */
  until: number;
}

export class FailureCounts {
  readonly #mostKeys: number;
  /** In the order in which the windows end. */
  readonly #counts = new Map<string, Failures>();

  /** Above `mostKeys` the oldest key is evicted. Needed where a stranger can make up any number of keys. */
  constructor(mostKeys = Number.POSITIVE_INFINITY) {
    this.#mostKeys = mostKeys;
  }

  of(key: string, now: number): Failures {
    const noted = this.#counts.get(key);
    return noted !== undefined && now < noted.until ? noted : { count: 0, until: now + PERIOD_MS };
  }

  /** Counts a failure, and returns how many there are now. */
  add(key: string, now: number): number {
    const { count, until } = this.of(key, now);
    if (count === 0) this.#counts.delete(key);
    this.#counts.set(key, { count: count + 1, until });
    this.#forget(now);
    return count + 1;
  }

  /** Sets a count that was made elsewhere; its window begins now. */
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
