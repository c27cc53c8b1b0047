/**
 * Reports a conference's status to the directory whenever it changes: at most once a second, one report at a time, and in the
 * background. A failed report is repeated from the conference's alarm.
 */
import { directoryStub } from "../../directory/client.ts";
import type { ConferenceStatus } from "../state/census.ts";
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";

const PACE_MS = 1_000;
const ANSWER_MS = 2_000;
/** An alarm costs a row, so each retry waits twice as long as the one before, up to ten minutes. */
const RETRY_MS = 10_000;
const MAX_RETRY_MS = 600_000;

export class DirectoryLink {
  readonly #env: Env;
  readonly #conference: string;
  readonly #status: () => ConferenceStatus;
  readonly #retry: (at: number) => Promise<void>;
  /** The last report that the directory took; null: none since this object woke, so the next one is sent in any case. */
  #reported: string | null = null;
  #reportedAt = 0;
  #seq = 0;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retryAt: number | null = null;
  #failures = 0;

  /** `retry`: sets the alarm for a time in milliseconds since the epoch. The alarm calls `changed`. */
  constructor(
    env: Env,
    conference: string,
    status: () => ConferenceStatus,
    retry: (at: number) => Promise<void>,
  ) {
    this.#env = env;
    this.#conference = conference;
    this.#status = status;
    this.#retry = retry;
  }

  /** When the alarm must ring to repeat a failed report, in milliseconds since the epoch. */
  get retryAt(): number | null {
    return this.#retryAt;
  }

  /** Call this after anything may have changed. */
  changed(): void {
    if (this.#busy || this.#timer !== null) return;
    // The alarm need not ring for a report that is about to be sent: if that fails, it sets the alarm itself.
    this.#retryAt = null;
    const pause = Math.min(PACE_MS, this.#reportedAt + PACE_MS - Date.now());
    if (pause <= 0) void this.#report();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        void this.#report();
      }, pause);
    }
  }

  async #report(): Promise<void> {
    const status = this.#status();
    const text = JSON.stringify(status);
    if (text === this.#reported) return;
    this.#busy = true;
    this.#reportedAt = Date.now();
    this.#seq = Math.max(this.#seq + 1, this.#reportedAt);
    try {
      const directory = directoryStub(this.#env);
      const report = directory.hear(this.#conference, this.#seq, status);
      const latest = await withTimeout(ANSWER_MS, report);
      // The directory may have a report with a later `seq`, from a machine whose clock is ahead. Then it did not take this one.
      this.#reported = latest > this.#seq ? null : text;
      this.#seq = Math.max(this.#seq, latest);
      this.#failures = 0;
    } catch (error) {
      log("directory not told", { conference: this.#conference, reason: reasonOf(error) });
      // After a timeout it is unknown whether the directory took the report.
      this.#reported = null;
      this.#retryAt = Date.now() + Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** this.#failures);
      this.#failures += 1;
      await this.#retry(this.#retryAt).catch(() => undefined);
    } finally {
      this.#busy = false;
    }
    // Send what changed in the meantime. After a failure the alarm does that.
    if (this.#retryAt === null && JSON.stringify(this.#status()) !== this.#reported) this.changed();
  }
}
