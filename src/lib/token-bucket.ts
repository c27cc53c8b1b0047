/** A token bucket: how much may be done at once, and how much more as time passes. Pure. */

export class TokenBucket {
  readonly #most: number;
  readonly #perMs: number;
  #tokens: number;
  #at = 0;

  /** `most`: tokens in a full bucket, as which it begins. `perSecond`: how many flow into it. */
  constructor(most: number, perSecond: number) {
    this.#most = most;
    this.#perMs = perSecond / 1_000;
    this.#tokens = most;
  }

  /** In how many milliseconds there is a token; 0: there is one. */
  waitMs(now: number): number {
    this.#flow(now);
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#perMs);
  }

  /** Takes tokens, also such as are not there yet: then whoever comes next waits for them too. */
  take(tokens: number, now: number): void {
    this.#flow(now);
    this.#tokens -= tokens;
  }

  #flow(now: number): void {
    // A clock that was set back brings nothing, and takes nothing.
    const passed = Math.max(0, now - this.#at);
    this.#tokens = Math.min(this.#most, this.#tokens + passed * this.#perMs);
    this.#at = now;
  }
}
