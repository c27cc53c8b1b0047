/**
 * Runs tasks with the same key one after the other, and tasks with different keys concurrently. A Durable Object is
 * single-threaded, but it handles other requests while a task awaits another object.
 */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `task` after every earlier task with this key has settled. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const turn = this.idle(key).then(task);
    this.#tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#tails.get(key) === turn) this.#tails.delete(key);
    }
  }

  /** Resolves once every task with this key that was added before this call has settled. Never rejects. */
  async idle(key: string): Promise<void> {
    await this.#tails.get(key)?.catch(() => undefined);
  }
}
