/**
 * The rate limit of viewers. They are many and trusted little, and their requests take time from the calls. All of them
 * together have one budget in each isolate, so that there is no key that a client could choose. A request above the budget is
 * held for a second and then refused: a client that repeats as fast as it can becomes slow.
 *
 * The requests of a page: the session, a socket and three histories at a time when it opens, some fifteen reads until
 * everything is shown, and then only the socket. Twenty people who open a page at the same moment make 300 requests.
 */
import { TokenBucket } from "../../../lib/token-bucket.ts";

/** Twenty pages that open at once; afterwards twenty reads a second, as of twenty integrators that read once a second. */
const READS = 300;
const READS_PER_SECOND = 20;

/**
 * The part of the reads that may be sockets; a page opens one for each view. Fewer, since a client that floods its socket can
 * send much before it learns that the socket is closed.
 */
const CONNECTS = 100;
const CONNECTS_PER_SECOND = 5;

/**
 * Requests that start at once, as of two people who open a page, and then per second: a call's webhook must not wait behind
 * all requests of a crowd. The last of 300 waits three seconds.
 */
const AT_ONCE = 20;
const BEGUN_PER_SECOND = 100;

/** How long a request above the budget is held, and how many are; any more are refused at once. */
const HELD_MS = 1_000;
const MAX_HELD = 200;

const reads = new TokenBucket(READS, READS_PER_SECOND);
const connects = new TokenBucket(CONNECTS, CONNECTS_PER_SECOND);
const begun = new TokenBucket(AT_ONCE, BEGUN_PER_SECOND);
/** Counts held requests by time alone, since nothing reports that a client has gone meanwhile. */
const held = new TokenBucket(MAX_HELD, MAX_HELD / (HELD_MS / 1_000));

/** Whether one more request of a viewer is admitted. Resolves when it may start, or is to be refused. */
export async function admitViewer(isSocket: boolean): Promise<boolean> {
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
