import { DAY_MS } from "../lib/time.ts";

/** An alarm may ring this much later than asked for: clocks differ, and moving it for less is not worth a row. */
const SLACK_MS = 2_000;

/** An alarm this late has been lost by the platform, and is set again. */
const OVERDUE_MS = 60_000;

/** The platform refuses alarms in a far future; one that rings too early only looks again. */
const FURTHEST_MS = 400 * DAY_MS;

/**
 * A Durable Object's single alarm, kept at the earliest moment that anybody asked for. Setting an alarm costs a row
 * written, so one that rings early enough already is left alone.
 */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  /** Milliseconds since the epoch; null: none is set; undefined: not asked yet since this object woke. */
  #at: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Makes sure that the alarm rings by `time` (milliseconds since the epoch; null asks for nothing), but for the slack. */
  async by(time: number | null, now: number): Promise<void> {
    if (time === null) return;
    if (this.#at === undefined) this.#at = await this.#storage.getAlarm();
    if (this.#at !== null && this.#at <= time + SLACK_MS && this.#at > now - OVERDUE_MS) return;
    // Never in the past: an alarm set for this very moment from within an alarm has been seen to stall.
    const at = Math.min(Math.max(time, now + 1), now + FURTHEST_MS);
    await this.#storage.setAlarm(at);
    this.#at = at;
  }

  /** To be called first in the alarm handler: the platform has used the alarm up. */
  rang(): void {
    this.#at = null;
  }
}
