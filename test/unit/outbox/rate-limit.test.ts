import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterReply,
  newRateLimit,
  nextSlot,
  afterThrottling,
  afterSend,
  type RateLimit,
  type RateClass,
} from "../../../src/outbox/rate-limit.ts";
import { createRateLimiter, DOCUMENTED_LIMITS } from "../../simulator/rest/rate-limit.ts";

const START = 1_000_000;
const RUNS = { numRuns: 500 };

/** Requests: their class, the time since the one before, and the reply of the carrier. */
const requests = fc.array(
  fc.record({
    kind: fc.constantFrom<RateClass>("create", "other"),
    afterMs: fc.oneof(fc.constant(0), fc.nat(3_000)),
    tooOften: fc.boolean(),
    evicted: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 120 },
);

/** When each request is sent. */
function play(
  wishes: typeof requests extends fc.Arbitrary<infer T> ? T : never,
  refusals: boolean,
) {
  const sent: { kind: RateClass; at: number }[] = [];
  let limit: RateLimit = newRateLimit(null);
  let now = START;
  for (const { kind, afterMs, tooOften, evicted } of wishes) {
    now += afterMs;
    if (evicted) limit = newRateLimit(now);
    const at = nextSlot(limit, kind, now);
    expect(at).toBeGreaterThanOrEqual(now);
    now = at;
    sent.push({ kind, at });
    limit = afterSend(limit, kind, now);
    limit = refusals && tooOften ? afterThrottling(limit, kind, now) : afterReply(limit, kind);
  }
  return sent;
}

describe("the rate limit", () => {
  it("never has more than 3 new calls or 15 requests in any second, also across evictions", () => {
    fc.assert(
      fc.property(requests, fc.boolean(), (wishes, refusals) => {
        const sent = play(wishes, refusals);
        for (const { at: from } of sent) {
          const within = sent.filter(({ at }) => at >= from && at < from + 1_000);
          expect(within.length).toBeLessThanOrEqual(15);
          expect(within.filter(({ kind }) => kind === "create").length).toBeLessThanOrEqual(3);
        }
      }),
      RUNS,
    );
  });

  it("passes the carrier's own limiter, even where requests take up to 90 ms", () => {
    fc.assert(
      fc.property(
        requests,
        fc.array(fc.nat(90), { minLength: 120, maxLength: 120 }),
        (wishes, delays) => {
          const limiter = createRateLimiter(DOCUMENTED_LIMITS);
          const arrivals = play(wishes, false)
            .map(({ kind, at }, n) => ({ kind, at: at + (delays[n] ?? 0) }))
            .toSorted((a, b) => a.at - b.at);
          for (const { kind, at } of arrivals) {
            expect(limiter.take(kind === "create" ? "newCall" : "other", at)).toBe(true);
          }
        },
      ),
      RUNS,
    );
  });

  it("wastes no time: fifty calls take 18 seconds, fifty other requests four", () => {
    for (const [kind, seconds] of [
      ["create", 18],
      ["other", 4],
    ] as const) {
      const wish = { kind, afterMs: 0, tooOften: false, evicted: false };
      const sent = play(
        Array.from({ length: 50 }, () => wish),
        false,
      );
      expect((sent.at(-1)?.at ?? 0) - START).toBeLessThan(seconds * 1_000);
    }
  });

  it("backs off further with each refusal of a class, and forgets it with the first success", () => {
    let limit = newRateLimit(null);
    const pauses = [];
    let now = START;
    for (let n = 0; n < 8; n++) {
      limit = afterThrottling(limit, "create", now);
      // Throttled at the same time.
      limit = afterThrottling(limit, "create", now + 1);
      pauses.push(nextSlot(limit, "create", now) - now);
      expect(nextSlot(limit, "other", now)).toBe(now);
      now = nextSlot(limit, "create", now);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000));
    limit = afterThrottling(afterReply(limit, "create"), "create", now);
    expect(nextSlot(limit, "create", now) - now).toBe(1_000);
  });
});
