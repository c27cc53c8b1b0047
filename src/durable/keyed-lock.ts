/**
 * Runs tasks of the same key one after the other, and tasks of different keys side by side. A Durable Object is
 * single-threaded, but other requests get their turn at every `await` on another object.
 */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `task` once every earlier task of `key` has ended, however it ended. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = this.idle(key).then(task);
    this.#tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#tails.get(key) === turn) this.#tails.delete(key);
    }
  }

  /** Resolves once no task of `key` is under way of those that began before this call. Never rejects. */
  async idle(key: string): Promise<void> {
    await this.#tails.get(key)?.catch(() => undefined);
  }
}
