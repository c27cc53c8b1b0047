/** What is remembered only to save work: at most so many entries, of which the oldest go first. */
export class Recent<V> {
  readonly #most: number;
  readonly #entries = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    // An eighth at once: a map from which the first was just taken is slow to say which is the first now.
    let surplus = Math.max(1, this.#most >> 3);
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      surplus -= 1;
      if (surplus === 0) return;
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
