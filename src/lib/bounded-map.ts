/** A cache with a bound: once the total weight of its entries is above `most`, the oldest entries are evicted. */
export class BoundedMap<V> {
  readonly #most: number;
  readonly #weigh: (value: V) => number;
  readonly #entries = new Map<string, V>();
  #total = 0;

  /** Without `weigh` each entry weighs one, so that `most` is a number of entries. */
  constructor(most: number, weigh: (value: V) => number = () => 1) {
    this.#most = most;
    this.#weigh = weigh;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.delete(key);
    this.#entries.set(key, value);
    this.#total += this.#weigh(value);
    if (this.#total <= this.#most) return;
    // Evicts an eighth at once: after a deletion at its front, a `Map` is slow to find its first entry.
    const enough = this.#most - Math.floor(this.#most / 8);
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= enough) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#entries.get(key);
    if (value === undefined || !this.#entries.delete(key)) return;
    this.#total -= this.#weigh(value);
  }

  clear(): void {
    this.#entries.clear();
    this.#total = 0;
  }
}
