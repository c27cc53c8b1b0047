import * as fc from "fast-check";
import { expect, it } from "vitest";
import { laterStatus } from "../../../src/outbox/called-status.ts";

it.each([
  [["started", "ringing", "answered", "machine", "completed"], "completed"],
  [["started", "ringing", "busy", "completed"], "busy"],
  [["ringing", "unanswered"], "unanswered"],
  [["answered", "invented"], "answered"],
])("the last status of %j is %s, in whatever order they come", (statuses, last) => {
  fc.assert(
    fc.property(fc.shuffledSubarray(statuses, { minLength: statuses.length }), (order) => {
      expect(order.reduce<string | null>(laterStatus, null)).toBe(last);
    }),
  );
});

it.each([
  ["human", "machine"],
  ["busy", "failed"],
])("of two that say as much, %s and %s, the first stays", (first, second) => {
  expect(laterStatus(first, second)).toBe(first);
  expect(laterStatus(second, first)).toBe(second);
});
