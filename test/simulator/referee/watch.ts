/** Compares the bridge with the truth continuously, and records how wrong it was and for how long. */
import type { BridgeApi } from "./bridge-api.ts";
import type { Clock } from "../carrier/clock.ts";
import type { DeliveryNews } from "../chaos/webhook-queue.ts";
import { judge } from "./referee.ts";
import type { Ruling, Witness } from "./referee.ts";

/** Real milliseconds between two looks at one conference. */
const LOOK_INTERVAL_MS = 100;

/** How long the bridge may be wrong after it acknowledged a webhook, in real milliseconds: its promised delivery time. */
export const GRACE_MS = 10_000;

/** What was seen. Errors count legs. */
export interface Sightings {
  /** How often the bridge was asked, and how often while it had been told everything. */
  readonly looks: number;
  readonly settledLooks: number;
  /** The largest difference between count and truth: while it had been told everything, and at any moment. */
  readonly maxError: number;
  readonly maxLag: number;
  /** From the webhook that tells to the answer that knows, in real milliseconds. */
  readonly settleMs: readonly number[];
  /** What was wrong for longer than may be, in words. */
  readonly faults: readonly string[];
  /** The most legs that were wrong at once within a documented bound. */
  readonly maxExcused: number;
  /** The conferences that were never seen with somebody in them: agreement about those proves nothing. */
  readonly neverInhabited: readonly string[];
}

export class Watch {
  readonly #witness: Witness;
  readonly #bridge: BridgeApi;
  readonly #conferences: readonly string[];
  readonly #strangers = new Map<string, ReadonlySet<string>>();
  /** When a leg's coming or going was accepted, as long as no answer of the bridge's has shown it. */
  readonly #awaited = new Map<string, number>();
  readonly #settleMs: number[] = [];
  /** Since when something is wrong. */
  readonly #wrongSince = new Map<string, number>();
  readonly #faults = new Set<string>();
  readonly #inhabited = new Set<string>();
  #looks = 0;
  #settledLooks = 0;
  #maxError = 0;
  #maxLag = 0;
  #maxExcused = 0;

  constructor(witness: Witness, bridge: BridgeApi, conferences: readonly string[]) {
    this.#witness = witness;
    this.#bridge = bridge;
    this.#conferences = conferences;
  }

  /** Reads who is in the conferences before the run. Those legs are left out of every comparison. */
  async ignorePresent(): Promise<void> {
    for (const name of this.#conferences) {
      this.#strangers.set(name, (await this.#bridge.conference(name)).present);
    }
  }

  /** Learns what became of a webhook. */
  hear(news: DeliveryNews): void {
    const { name, leg } = news.webhook;
    if (news.type !== "accepted" || (name !== "transfer" && name !== "completed")) return;
    const visited = this.#conferences.some((each) => this.#witness.visitors(each).has(leg));
    if (visited) this.#awaited.set(leg, performance.now());
  }

  /** Looks again and again until the signal is aborted. */
  async run(pace: Clock, until: AbortSignal): Promise<void> {
    await Promise.all(
      this.#conferences.map(async (name) => {
        while (!until.aborted) {
          await this.look(name);
          await pace.wait(LOOK_INTERVAL_MS, until);
        }
      }),
    );
  }

  /** Looks at every conference until `isEnough` says so of the rulings, or for that many real milliseconds. */
  async lookUntil(
    isEnough: (ruling: Ruling) => boolean,
    pace: Clock,
    patienceMs: number,
    interrupted: AbortSignal,
  ): Promise<readonly Ruling[]> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const rulings = await Promise.all(this.#conferences.map((name) => this.look(name)));
      const isLast = performance.now() >= deadline || interrupted.aborted;
      if (isLast || rulings.every((ruling) => isEnough(ruling))) return rulings;
      await pace.wait(LOOK_INTERVAL_MS, interrupted);
    }
  }

  /** Looks at one conference. */
  async look(name: string): Promise<Ruling> {
    const startedAt = performance.now();
    const ruling = await judge(this.#witness, this.#bridge, name, this.#strangers.get(name));
    this.#learn(ruling, startedAt, performance.now());
    return ruling;
  }

  sightings(): Sightings {
    return {
      looks: this.#looks,
      settledLooks: this.#settledLooks,
      maxError: this.#maxError,
      maxLag: this.#maxLag,
      settleMs: this.#settleMs,
      faults: [...this.#faults],
      maxExcused: this.#maxExcused,
      neverInhabited: this.#conferences.filter((name) => !this.#inhabited.has(name)),
    };
  }

  #learn(ruling: Ruling, startedAt: number, now: number): void {
    const { conference, truth, tracked, settled } = ruling;
    const error = tracked === null ? 0 : Math.abs(tracked - truth);
    this.#looks += 1;
    this.#maxLag = Math.max(this.#maxLag, error);
    this.#maxExcused = Math.max(this.#maxExcused, ruling.excused.length);
    if (settled) this.#settledLooks += 1;
    if (settled) this.#maxError = Math.max(this.#maxError, error);
    if (truth > 0) this.#inhabited.add(conference);

    const wrong = new Set(ruling.differences.map((difference) => `${conference} ${difference}`));
    for (const difference of wrong) {
      const since = this.#wrongSince.get(difference) ?? now;
      this.#wrongSince.set(difference, since);
      if (now - since > GRACE_MS) this.#faults.add(difference);
    }
    for (const difference of this.#wrongSince.keys()) {
      const isOurs = difference.startsWith(`${conference} `);
      if (isOurs && !wrong.has(difference)) this.#wrongSince.delete(difference);
    }
    // What became of them was never told, so nothing can be measured.
    for (const leg of ruling.excused) this.#awaited.delete(leg);
    for (const [leg, acceptedAt] of this.#awaited) {
      if (acceptedAt > startedAt || !ruling.right.has(leg)) continue;
      this.#settleMs.push(now - acceptedAt);
      this.#awaited.delete(leg);
    }
  }
}
