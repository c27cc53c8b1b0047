/**
 * Tells the directory how a conference stands, whenever that changes: at most once a second, one at a time, and without
 * anybody waiting for it. What could not be told is told from the conference's alarm.
 */
import { directoryStub } from "../../directory/client.ts";
import type { ConferenceStatus } from "../state/census.ts";
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";

const PACE_MS = 1_000;
const ANSWER_MS = 2_000;
/** An alarm costs a row, so each further try waits twice as long, up to ten minutes. */
const RETRY_MS = 10_000;
const MAX_RETRY_MS = 600_000;

export class DirectoryLink {
  readonly #env: Env;
  readonly #conference: string;
  readonly #standing: () => ConferenceStatus;
  readonly #retry: (at: number) => Promise<void>;
  /** What the directory was told last; null: nothing since this object woke, so that what was lost with it is told again. */
  #told: string | null = null;
  #toldAt = 0;
  #seq = 0;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retryAt: number | null = null;
  #failures = 0;

  /** `retry`: asks for the alarm at a time in milliseconds since the epoch; the alarm calls `changed`. */
  constructor(
    env: Env,
    conference: string,
    standing: () => ConferenceStatus,
    retry: (at: number) => Promise<void>,
  ) {
    this.#env = env;
    this.#conference = conference;
    this.#standing = standing;
    this.#retry = retry;
  }

  /** When the alarm is to ring because the directory did not answer, in milliseconds since the epoch. */
  get retryAt(): number | null {
    return this.#retryAt;
  }

  /** To be called after anything may have changed. */
  changed(): void {
    if (this.#busy || this.#timer !== null) return;
    // Whoever sets the alarm meanwhile has nothing to wait for: a failure sets it itself.
    this.#retryAt = null;
    const pause = Math.min(PACE_MS, this.#toldAt + PACE_MS - Date.now());
    if (pause <= 0) void this.#tell();
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null;
        void this.#tell();
      }, pause);
    }
  }

  async #tell(): Promise<void> {
    const standing = this.#standing();
    const text = JSON.stringify(standing);
    if (text === this.#told) return;
    this.#busy = true;
    this.#toldAt = Date.now();
    this.#seq = Math.max(this.#seq + 1, this.#toldAt);
    try {
      const directory = directoryStub(this.#env);
      const heard = directory.hear(this.#conference, this.#seq, standing);
      const latest = await withTimeout(ANSWER_MS, heard);
      // By another machine's clock it may have heard something later: then it did not listen.
      this.#told = latest > this.#seq ? null : text;
      this.#seq = Math.max(this.#seq, latest);
      this.#failures = 0;
    } catch (error) {
      log("directory not told", { conference: this.#conference, reason: reasonOf(error) });
      // Nobody knows what it heard before the time was up.
      this.#told = null;
      this.#retryAt = Date.now() + Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** this.#failures);
      this.#failures += 1;
      await this.#retry(this.#retryAt).catch(() => undefined);
    } finally {
      this.#busy = false;
    }
    // What changed meanwhile, but not what failed: that waits for the alarm.
    if (this.#retryAt === null && JSON.stringify(this.#standing()) !== this.#told) this.changed();
  }
}
