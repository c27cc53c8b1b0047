import { log, reasonOf, type LogFields } from "../lib/log.ts";
import { DAY_MS } from "../lib/time.ts";

/** An alarm may ring this much later than requested: clocks differ, and moving it costs a row. */
const SLACK_MS = 2_000;

/** The platform has lost an alarm that is this late. It is set again. */
const OVERDUE_MS = 60_000;

/** The platform refuses alarms in the far future. An alarm that rings too early only sets the next one. */
const FURTHEST_MS = 400 * DAY_MS;

/** When the work of an alarm fails, it is tried again after this, as often as it takes. */
const RETRY_MS = 60_000;

/**
 * A Durable Object's single alarm, kept at the earliest moment that anybody requested. Setting an alarm writes a row, so
 * an alarm that rings early enough already is left alone.
 */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  /** Milliseconds since the epoch; null: none is set; undefined: not read since this object woke. */
  #at: number | null | undefined;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Makes sure that the alarm rings by `time` (milliseconds since the epoch; null requests nothing), give or take the slack. */
  async by(time: number | null, now: number): Promise<void> {
    if (time === null) return;
    if (this.#at === undefined) this.#at = await this.#storage.getAlarm();
    if (this.#at !== null && this.#at <= time + SLACK_MS && this.#at > now - OVERDUE_MS) return;
    // Never in the past: an alarm set for the present moment from within an alarm has been seen to stall.
    const at = Math.min(Math.max(time, now + 1), now + FURTHEST_MS);
    await this.#storage.setAlarm(at);
    this.#at = at;
  }

  /** Notes that the platform has delivered the alarm. `run` does this itself. */
  rang(): void {
    this.#at = null;
  }

  /**
   * The whole of an alarm handler: does `work`, which sets the next alarm. Never throws for a failure of `work`: it logs
   * "`name` alarm failed" with `details`, and sets the alarm again itself, since the platform gives up after six retries.
   */
  async run(
    name: string,
    work: (now: number) => Promise<void>,
    details: LogFields = {},
  ): Promise<void> {
    const now = Date.now();
    this.rang();
    try {
      await work(now);
    } catch (error) {
      log(`${name} alarm failed`, { ...details, reason: reasonOf(error) });
      await this.by(now + RETRY_MS, now);
    }
  }
}
