/** A queue of a caller's input, keys or words, that waits until an action reads it. */
import type { Clock } from "./clock.ts";

export class Queue<T> {
  readonly #waiting: T[] = [];
  /** Only one may listen at a time. */
  #hear: (() => void) | null = null;

  put(item: T): void {
    this.#waiting.push(item);
    this.#hear?.();
  }

  /** Loses what nobody took. */
  forget(): void {
    this.#waiting.length = 0;
  }

  /** The next one, or null where none comes in that many milliseconds of call time. */
  async next(ms: number, clock: Clock, signal: AbortSignal): Promise<T | null> {
    await this.heard(ms, clock, signal);
    return this.#waiting.shift() ?? null;
  }

  /** Whether there is something to take, now or within that much call time. */
  async heard(ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
    if (this.#waiting.length === 0) {
      const waiting = new AbortController();
      this.#hear = () => waiting.abort();
      await clock.wait(ms, AbortSignal.any([waiting.signal, signal]));
      this.#hear = null;
    }
    return this.#waiting.length > 0;
  }
}
