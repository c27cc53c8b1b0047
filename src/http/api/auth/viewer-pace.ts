/**
 * The pace of viewers' reads. They are many and trusted little, and what they ask for is worked out beside the calls. So all
 * of them together have one budget in each isolate: nothing that somebody could choose is its key. What exceeds it is held
 * back for a second and then refused, so that a client that asks as fast as it can gets slow instead of loud.
 *
 * What a page asks for: the session, a socket and three histories at a time where it opens, some fifteen reads until all is
 * shown, and then nothing but what its socket says. Twenty people who open one in the same moment ask 300 times.
 */
import { TokenBucket } from "../../../lib/token-bucket.ts";

/** Twenty pages that open at once; afterwards twenty reads a second, as of twenty integrators who ask each second. */
const READS = 300;
const READS_PER_SECOND = 20;

/**
 * Sockets among them: a page opens one for each view. They are fewer, since a client that floods its socket has sent a great
 * deal before it hears that it is closed.
 */
const CONNECTS = 100;
const CONNECTS_PER_SECOND = 5;

/**
 * So many are begun at once, as of two people who open a page, and so many a second: those of a crowd must not stand before
 * a call's webhooks one and all. The last of 300 waits for three seconds.
 */
const AT_ONCE = 20;
const BEGUN_PER_SECOND = 100;

/** How long what is too much is held back, and how much of it; what is more than that is refused at once. */
const HELD_MS = 1_000;
const MOST_HELD = 200;

const reads = new TokenBucket(READS, READS_PER_SECOND);
const connects = new TokenBucket(CONNECTS, CONNECTS_PER_SECOND);
const begun = new TokenBucket(AT_ONCE, BEGUN_PER_SECOND);
/** What is held is counted by the time alone: who has gone meanwhile does not come back to say so. */
const held = new TokenBucket(MOST_HELD, MOST_HELD / (HELD_MS / 1_000));

/** Whether one more read of a viewer is answered; resolves when it is time to begin with it, or to refuse it. */
export async function inViewersPace(isSocket: boolean): Promise<boolean> {
  const now = Date.now();
  if (reads.waitMs(now) > 0 || (isSocket && connects.waitMs(now) > 0)) {
    if (held.waitMs(now) === 0) {
      held.take(1, now);
      await scheduler.wait(HELD_MS);
    }
    return false;
  }
  reads.take(1, now);
  if (isSocket) connects.take(1, now);
  const pause = begun.waitMs(now);
  begun.take(1, now);
  if (pause > 0) await scheduler.wait(pause);
  return true;
}
