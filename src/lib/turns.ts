/**
 * Lets long computations yield to other requests: the isolate answers calls too. The caller reports how much it has done, because
 * a Worker's clock stands still while it computes.
 */
export class Turns {
  readonly #most: number;
  #done = 0;

  /** `most`: how much is done before it yields, in the unit in which `done` is told. */
  constructor(most: number) {
    this.#most = most;
  }

  /** To be awaited after each piece of work. Returns at once, or yields to everything that waits. */
  async done(much: number): Promise<void> {
    this.#done += much;
    if (this.#done < this.#most) return;
    this.#done = 0;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
