import { describe, expect, it } from "vitest";
import { createRateLimiter, DOCUMENTED_LIMITS } from "../../../simulator/rest/rate-limit.ts";

const takeMany = (times: number, take: () => boolean): boolean[] =>
  Array.from({ length: times }, () => take());

describe("the account's limits", () => {
  it("are three new calls and fifteen other requests a second, counted apart", () => {
    const limits = createRateLimiter(DOCUMENTED_LIMITS);
    expect(takeMany(4, () => limits.take("newCall", 0))).toEqual([true, true, true, false]);
    expect(takeMany(16, () => limits.take("other", 0)).filter(Boolean)).toHaveLength(15);
  });

  it("hold in any second, not in each second of the clock", () => {
    const limits = createRateLimiter(DOCUMENTED_LIMITS);
    expect([0, 900, 950].map((at) => limits.take("newCall", at))).toEqual([true, true, true]);
    expect(limits.take("newCall", 999)).toBe(false);
    expect(limits.take("newCall", 1000)).toBe(true);
    expect(limits.take("newCall", 1899)).toBe(false);
    expect(limits.take("newCall", 1900)).toBe(true);
  });

  it("do not count what they refused", () => {
    const limits = createRateLimiter({ newCall: 1, other: 1 });
    expect([0, 400, 800, 1000].map((at) => limits.take("other", at))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
