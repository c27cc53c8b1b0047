import { describe, expect, it } from "vitest";
import { FailureCounts } from "../../../src/lib/failures.ts";

const MINUTE_MS = 60_000;
const NOW = 1_000_000;

describe("failures", () => {
  it("are counted by key, for a minute from the first of them", () => {
    const counts = new FailureCounts();
    expect(counts.of("a", NOW)).toEqual({ count: 0, until: NOW + MINUTE_MS });
    expect([counts.add("a", NOW), counts.add("a", NOW + 59_000), counts.add("b", NOW)]).toEqual([
      1, 2, 1,
    ]);
    expect(counts.of("a", NOW + 59_999)).toEqual({ count: 2, until: NOW + MINUTE_MS });
    expect(counts.of("a", NOW + MINUTE_MS).count).toBe(0);
    expect(counts.add("a", NOW + MINUTE_MS)).toBe(1);
  });

  it("that somebody else has counted are taken over for a minute from then", () => {
    const counts = new FailureCounts();
    counts.add("a", NOW);
    counts.fill("a", 10, NOW + 30_000);
    expect(counts.of("a", NOW + 89_999)).toEqual({ count: 10, until: NOW + 90_000 });
    expect(counts.of("a", NOW + 90_000).count).toBe(0);
  });

  it("of nobody are forgotten for those of others, and all of them are when their minute is over", () => {
    const counts = new FailureCounts();
    for (let index = 0; index < 10_000; index += 1) counts.add(`key ${index}`, NOW + index);
    expect(counts.of("key 0", NOW + 10_000).count).toBe(1);
    counts.add("later", NOW + MINUTE_MS + 4_999);
    expect(counts.size).toBe(5_001);
    counts.add("much later", NOW + 3 * MINUTE_MS);
    expect(counts.size).toBe(1);
  });

  it("begin a new minute behind those of others, so that these are forgotten in their turn", () => {
    const counts = new FailureCounts();
    counts.add("a", NOW);
    counts.add("b", NOW + 30_000);
    counts.add("a", NOW + MINUTE_MS);
    counts.add("c", NOW + 30_000 + MINUTE_MS);
    expect(counts.size).toBe(2);
  });

  it("are kept for so many keys, where strangers have any number of them, the latest", () => {
    const counts = new FailureCounts(3);
    for (const key of ["a", "b", "c"]) counts.add(key, NOW);
    counts.add("a", NOW + MINUTE_MS - 1);
    counts.add("d", NOW + MINUTE_MS - 1);
    expect(counts.size).toBe(3);
    expect(["a", "b", "c", "d"].map((key) => counts.of(key, NOW + MINUTE_MS - 1).count)).toEqual([
      0, 1, 1, 1,
    ]);
  });
});
