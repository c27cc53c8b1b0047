/** The carrier's time. Webhooks carry real time, since the bridge compares it with its own; only waiting is sped up. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Clock {
  /** Milliseconds since the epoch, real, but for what the clock is off by. */
  now(): number;
  /** Milliseconds of call time since the clock was made. */
  elapsedMs(): number;
  /** Waits for `ms` of call time. Ends early, without an error, when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * A clock on which `speed` seconds of call time pass in one real second.
 *
 * @param offsetMs How far it is ahead of the real time; the carrier's clocks need not be right.
 */
export function createClock(speed: number, offsetMs = 0): Clock {
  const madeAt = performance.now();
  return {
    now: () => Date.now() + offsetMs,
    elapsedMs: () => (performance.now() - madeAt) * speed,
    async wait(ms, signal) {
      try {
        await sleep(ms / speed, undefined, signal === undefined ? {} : { signal });
      } catch (error) {
        if (signal?.aborted !== true) throw error;
      }
    },
  };
}
