/**
 * What is read of a conference, paced: the same object answers its callers, so that reads get a share of its time and no
 * more, whoever asks. What was worked out lately serves whoever asks the same again.
 */
import { BoundedMap } from "../lib/bounded-map.ts";
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Work in units of ten microseconds: a sixty-sixth of a thread's time, and eight hundredths of a second at once. Twenty pages
 * of one conference that open in the same moment want about as much, or wait for what is missing.
 */
const WORK_PER_SECOND = 1_500;
const MOST_WORK = 8_000;

/**
 * What a read costs, all the way to the client, for each leg of a history, each leg that is shown and each entry, in those
 * units; measured on bare workerd, with a viewer's masks.
 */
export const COSTS = { leg: 4, shownLeg: 4, entry: 2 } as const;
/** To hand out once more what was worked out costs so much of that. */
const COPY_SHARE = 1 / 3;

/** How long, in milliseconds, a copy is as good as new, and how long a read waits for its turn. */
const FRESH_MS = 1_000;
const MOST_WAIT_MS = 2_000;
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
  readonly #isExact: boolean;
  readonly #copies = new BoundedMap<Copy<T>>(MOST_COPIES);

  /** `isExact`: a copy serves only until something changes, as long as there is time for another. */
  constructor(budget: ReadBudget, isExact: boolean) {
    this.#budget = budget;
    this.#isExact = isExact;
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
    const isGood = !this.#isExact || copy?.version === version || wait > 0;
    if (isYoung && isGood && wait <= MOST_WAIT_MS) {
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
