/**
 * Work that may be much at once, in an isolate that answers calls too: after so much of it the others have their turn. How
 * much was done is told by whoever does it, since a Worker's clock stands still while it computes.
 */
export class Turns {
  readonly #most: number;
  #done = 0;

  /** `most`: how much is done in one go, in whatever unit it is told. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Called after each piece: goes on at once, or once everything that waited has been seen to. */
  async done(much: number): Promise<void> {
    this.#done += much;
    if (this.#done < this.#most) return;
    this.#done = 0;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
