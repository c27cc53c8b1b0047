/**
 * What is read of a conference, paced: the same object answers its callers, so that reads get a share of its time and no
 * more, whoever asks. What was worked out lately serves whoever asks the same again.
 */
import { Recent } from "../lib/recent.ts";
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Work in units of some ten microseconds, all the way to the client: a twentieth of a thread's time, and a fifth of a second
 * at once, which is what twenty open pages of one conference ask for in the same moment.
 */
const WORK_PER_SECOND = 5_000;
const MOST_WORK = 20_000;

/** What a read costs for each leg or entry that it touches; measured, in those units. */
export const COSTS = { leg: 1, shownLeg: 3, entry: 5 } as const;
/** To hand out once more what was worked out costs so much of that. */
const COPY_SHARE = 1 / 3;

/** How long, in milliseconds, a copy is as good as new, and how long a read waits for its turn. */
const FRESH_MS = 1_000;
const MOST_WAIT_MS = 1_000;
const MOST_WAITING = 50;
/** Copies of each kind; one of a thousand legs is half a megabyte. */
const MOST_COPIES = 8;

/** What all reads of a conference have in common. */
export class ReadBudget {
  readonly work = new TokenBucket(MOST_WORK, WORK_PER_SECOND);
  waiting = 0;
  /** Grows with every change, so that a copy knows whether it is as things are. */
  version = 0;
}

interface Copy<T> {
  readonly value: T;
  readonly units: number;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export class PacedReads<T> {
  readonly #budget: ReadBudget;
  readonly #copies = new Recent<Copy<T>>(MOST_COPIES);

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  /**
   * What `read` gives, together with its cost; null where too much is asked for. `key`: what is asked for; null where no
   * copy is to be kept. Where there is no time for it, a copy serves that something has changed since: it says of when it is.
   */
  async get(key: string | null, read: (now: number) => [value: T, units: number]) {
    return this.#try(key, read) ?? (await this.#wait(key, read));
  }

  #try(key: string | null, read: (now: number) => [value: T, units: number]): T | null {
    const { work, version } = this.#budget;
    const now = Date.now();
    const wait = work.waitMs(now);
    const copy = key === null ? undefined : this.#copies.get(key);
    const isYoung = copy !== undefined && Math.abs(now - copy.at) < FRESH_MS;
    if (isYoung && wait <= MOST_WAIT_MS && (copy.version === version || wait > 0)) {
      work.take(copy.units * COPY_SHARE, now);
      return copy.value;
    }
    if (wait > 0) return null;
    const [value, units] = read(now);
    work.take(1 + units, now);
    if (key !== null) this.#copies.set(key, { value, units, version, at: now });
    return value;
  }

  /** Once more in its turn, of which it has only one: others may come first. */
  async #wait(
    key: string | null,
    read: (now: number) => [value: T, units: number],
  ): Promise<T | null> {
    const wait = this.#budget.work.waitMs(Date.now());
    if (wait > MOST_WAIT_MS || this.#budget.waiting >= MOST_WAITING) return null;
    this.#budget.waiting += 1;
    try {
      await scheduler.wait(wait);
    } finally {
      this.#budget.waiting -= 1;
    }
    return this.#try(key, read);
  }
}
