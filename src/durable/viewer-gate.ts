/** Limits how many viewers have sockets at one object, and how fast they get them. Operators are not limited. */
import { TokenBucket } from "../lib/token-bucket.ts";

/**
 * Each message is sent once per socket, and the pace of a feed grows with its sockets, so a viewer who opens very many would
 * slow down the feed of all. No one conference has more people watching than this.
 */
const MAX_VIEWERS = 500;

/**
 * Messages that a flooding client sent before it learns that it was closed still arrive, a thousand and more, and nothing
 * stops them here. So for this long after a flood, in milliseconds, viewers get new sockets one by one: flooding each of them
 * then costs a hundredth of the object's time. Pages that were turned away come back by themselves.
 */
const WARY_MS = 60_000;
const WARY_PACE_MS = 20_000;

/** After the first two, viewers get sockets at this pace, so that a flooder is noticed before all of its sockets are open. */
const ARRIVALS = 2;
const ARRIVALS_PER_SECOND = 10;
const MAX_ARRIVAL_MS = 5_000;

export class ViewerGate {
  readonly #viewers: () => number;
  readonly #arrivals = new TokenBucket(ARRIVALS, ARRIVALS_PER_SECOND);
  /** When a client was last closed for flooding, and when a viewer was last let in since: milliseconds since the epoch. */
  #floodedAt = Number.NEGATIVE_INFINITY;
  #admittedAt = Number.NEGATIVE_INFINITY;

  /** `viewers`: how many have sockets now. */
  constructor(viewers: () => number) {
    this.#viewers = viewers;
  }

  flooded(now: number): void {
    this.#floodedAt = now;
  }

  /** Waits for a viewer's turn. @returns whether the viewer gets a socket. */
  async admits(): Promise<boolean> {
    const pause = this.#arrivals.waitMs(Date.now());
    if (pause > MAX_ARRIVAL_MS) return false;
    this.#arrivals.take(1, Date.now());
    if (pause > 0) await scheduler.wait(pause);
    return this.#hasRoom(Date.now());
  }

  #hasRoom(now: number): boolean {
    if (this.#viewers() >= MAX_VIEWERS) return false;
    if (Math.abs(now - this.#floodedAt) > WARY_MS) return true;
    if (Math.abs(now - this.#admittedAt) < WARY_PACE_MS) return false;
    this.#admittedAt = now;
    return true;
  }
}
