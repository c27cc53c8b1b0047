import { expect, it } from "vitest";
import type { CountStep } from "../../../../src/contract/conference-view.ts";
import { mostOf, stepsFrom, withCount } from "../../../../src/dashboard/live/counts.ts";

const STEPS: CountStep[] = [
  [0, 1],
  [10, 3],
  [20, 2],
];

it("goes on with a count that is new, and not with one that says nothing new", () => {
  expect(withCount(STEPS, 30, 4)).toEqual([...STEPS, [30, 4]]);
  expect(withCount(STEPS, 30, 2)).toBe(STEPS);
  expect(withCount([], 30, 0)).toEqual([[30, 0]]);
});

it("leaves out what is older than what is known", () => {
  expect(withCount(STEPS, 15, 9)).toBe(STEPS);
});

it("begins where it is looked at, with what had been so before", () => {
  expect(stepsFrom(STEPS, 15)).toEqual([
    [15, 3],
    [20, 2],
  ]);
  expect(stepsFrom(STEPS, 20)).toEqual([[20, 2]]);
  expect(stepsFrom(STEPS, -5)).toEqual(STEPS);
});

it("knows the most there were, and that nobody is none", () => {
  expect(mostOf(STEPS)).toBe(3);
  expect(mostOf([])).toBe(0);
});
