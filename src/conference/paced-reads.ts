/**
 * Limits the time that reads take in a Conference, since the same object answers its callers. All readers share one budget. A
 * recent result serves those who ask for the same.
 */
import { BoundedMap } from "../lib/bounded-map.ts";
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Work in units of ten microseconds: 1.5 % of a thread's time, and 80 ms at once. Twenty pages of one conference that open at the
 * same moment need about as much, or wait for the rest.
 */
const WORK_PER_SECOND = 1_500;
const MAX_WORK = 8_000;

/**
 * The cost of a read, until its result is at the client, in those units: for each leg of a history, each leg of a view and each
 * entry of the journal. Measured on bare workerd, with a viewer's masks.
 */
export const COSTS = { leg: 4, shownLeg: 4, entry: 2 } as const;
/** Returning a copy costs this share of the read that made it. */
const COPY_SHARE = 1 / 3;

/** How long a copy can be used, and how long a read waits for its turn, in milliseconds. */
const FRESH_MS = 1_000;
const MAX_WAIT_MS = 2_000;
const MAX_WAITING = 50;
/** Copies of each kind of read; one with a thousand legs is half a megabyte. */
const MAX_COPIES = 8;

/** Shared by all reads of a conference. */
export class ReadBudget {
  readonly work = new TokenBucket(MAX_WORK, WORK_PER_SECOND);
  waiting = 0;
  /** Grows with every change, so that an outdated copy is recognised. */
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
  readonly #isExact: boolean;
  readonly #copies = new BoundedMap<Copy<T>>(MAX_COPIES);

  /** `isExact`: a copy serves only until something changes, except while the budget is used up. */
  constructor(budget: ReadBudget, isExact: boolean) {
    this.#budget = budget;
    this.#isExact = isExact;
  }

  /**
   * The value that `read` returns together with its cost; null where there are too many requests. `key` identifies what is read;
   * null to keep no copy. While the budget is used up, an outdated copy is returned too: it carries its own time.
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
    const isGood = !this.#isExact || copy?.version === version || wait > 0;
    if (isYoung && isGood && wait <= MAX_WAIT_MS) {
      work.take(copy.units * COPY_SHARE, now);
      return copy.value;
    }
    if (wait > 0) return null;
    const [value, units] = read(now);
    work.take(1 + units, now);
    if (key !== null) this.#copies.set(key, { value, units, version, at: now });
    return value;
  }

  /** Tries once more after a wait. Other reads may use up the budget first. */
  async #wait(
    key: string | null,
    read: (now: number) => [value: T, units: number],
  ): Promise<T | null> {
    const wait = this.#budget.work.waitMs(Date.now());
    if (wait > MAX_WAIT_MS || this.#budget.waiting >= MAX_WAITING) return null;
    this.#budget.waiting += 1;
    try {
      await scheduler.wait(wait);
    } finally {
      this.#budget.waiting -= 1;
    }
    return this.#try(key, read);
  }
}
