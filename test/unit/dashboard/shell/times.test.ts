import { expect, it } from "vitest";
import { agoOf, lengthOf } from "../../../../src/dashboard/shell/times.ts";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

it.each([
  [-5, "0 s"],
  [59 * SECOND, "59 s"],
  [60 * SECOND, "1 min"],
  [59 * MINUTE + 59 * SECOND, "59 min"],
  [HOUR + 5 * MINUTE, "1 h 05 min"],
  [23 * HOUR + 59 * MINUTE, "23 h 59 min"],
  [51 * HOUR, "2 d 3 h"],
])("%d ms are %s", (ms, words) => {
  expect(lengthOf(ms)).toBe(words);
});

it("says of what has just been, also by a clock that is a little fast, that it is so now", () => {
  expect([-2_000, 0, 4_999, 5_000].map(agoOf)).toEqual([
    "just now",
    "just now",
    "just now",
    "5 s ago",
  ]);
});
