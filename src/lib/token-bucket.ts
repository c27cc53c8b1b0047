/** A token bucket: limits how much may be done at once, and how much more per second after that. Pure. */

export class TokenBucket {
  readonly #most: number;
  readonly #perMs: number;
  #tokens: number;
  #at = 0;

  /** The bucket begins full, with `most` tokens. `perSecond` tokens flow into it. */
  constructor(most: number, perSecond: number) {
    this.#most = most;
    this.#perMs = perSecond / 1_000;
    this.#tokens = most;
  }

  /** How many milliseconds until a token is available; 0 if one is. */
  waitMs(now: number): number {
    this.#refill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#perMs);
  }

  /** Takes tokens, also more than there are: the next caller then waits for the missing ones too. */
  take(tokens: number, now: number): void {
    this.#refill(now);
    this.#tokens -= tokens;
  }

  #refill(now: number): void {
    // A clock that is set back adds and removes nothing.
    const passed = Math.max(0, now - this.#at);
    this.#tokens = Math.min(this.#most, this.#tokens + passed * this.#perMs);
    this.#at = now;
  }
}
