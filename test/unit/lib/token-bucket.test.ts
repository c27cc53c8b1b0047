import { expect, it } from "vitest";
import { TokenBucket } from "../../../src/lib/token-bucket.ts";

const NOW = 1_800_000_000_000;

it("lets so much happen at once, and the rest as time passes", () => {
  const bucket = new TokenBucket(3, 2);
  for (let n = 0; n < 3; n += 1) {
    expect(bucket.waitMs(NOW)).toBe(0);
    bucket.take(1, NOW);
  }
  expect(bucket.waitMs(NOW)).toBe(500);
  expect(bucket.waitMs(NOW + 400)).toBe(100);
  expect(bucket.waitMs(NOW + 500)).toBe(0);
});

it("makes whoever comes next wait for what was taken in advance", () => {
  const bucket = new TokenBucket(1, 1);
  bucket.take(3, NOW);
  expect(bucket.waitMs(NOW)).toBe(3_000);
});

it("is never fuller than full, and a clock that is set back changes nothing", () => {
  const bucket = new TokenBucket(2, 1);
  bucket.take(2, NOW);
  expect(bucket.waitMs(NOW - 60_000)).toBe(1_000);
  expect(bucket.waitMs(NOW + 60_000)).toBe(0);
  bucket.take(2, NOW + 60_000);
  expect(bucket.waitMs(NOW + 60_000)).toBe(1_000);
});
