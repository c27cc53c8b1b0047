import * as fc from "fast-check";
import { expect, it } from "vitest";
import { countSteps } from "../../../../src/conference/state/history.ts";
import { bounded } from "../../../../src/conference/state/leg/leg-set.ts";
import { participant } from "../../../../src/conference/state/leg/participant.ts";
import type { Fact } from "../../../../src/conference/state/leg/fact.ts";
import { admission, at, status, transfer } from "../../../support/webhooks.ts";

const MAX_CALL_MS = 3_600_000;

function steps(sets: Fact[][], from: number, to: number): [number, number][] {
  return countSteps(sets, at(from), at(to), MAX_CALL_MS).map(([time, count]) => [
    (time - at(0)) / 1_000,
    count,
  ]);
}

const visitor = (start: number, end: number): Fact[] => [
  admission(start),
  status("answered", start + 1),
  transfer("origin", "room", start + 5),
  status("completed", end),
];

it("steps when somebody comes into the room and when they leave it", () => {
  expect(steps([visitor(0, 100), visitor(50, 200)], -10, 300)).toEqual([
    [-10, 0],
    [5, 1],
    [55, 2],
    [100, 1],
    [200, 0],
  ]);
});

it("begins with those who were there already", () => {
  expect(steps([visitor(0, 100), visitor(20, 200)], 60, 90)).toEqual([[60, 2]]);
});

it("does not count who is elsewhere for a while, and counts an unconfirmed leg from its minute on", () => {
  const elsewhere = [
    admission(0),
    transfer("origin", "room", 5),
    transfer("room", "hall", 30),
    transfer("hall", "room", 40),
  ];
  expect(steps([elsewhere], 0, 60)).toEqual([
    [0, 0],
    [5, 1],
    [30, 0],
    [40, 1],
  ]);
  expect(steps([[admission(0), status("answered", 1)]], 0, 300)).toEqual([
    [0, 0],
    [65, 1],
  ]);
});

it("counts nobody before they were let in, though they were answered long before that", () => {
  const slow = [status("answered", 1), admission(90), transfer("origin", "room", 95)];
  expect(steps([slow], 0, 120)).toEqual([
    [0, 0],
    [95, 1],
  ]);
});

it("knows when a leg was in that was moved out and back more often than a set holds", () => {
  const back = Array.from({ length: 20 }, (_, n) => [
    transfer("room", "hall", 10 + n * 20),
    transfer("hall", "room", 20 + n * 20),
  ]).flat();
  const kept = [...bounded([admission(0), transfer("origin", "room", 5), ...back])];
  // In between nothing is known: it was last seen to leave.
  const known = [5, 10, 20, 30, 40, 50, 60, 70, 340, 350, 360, 370, 380, 390, 400];
  expect(steps([kept], 0, 420)).toEqual([
    [0, 0],
    ...known.map((second, index) => [second, (index + 1) % 2]),
  ]);
});

it("ends the stay of a leg that gave no sign of life for too long, without a webhook", () => {
  expect(steps([[admission(0), transfer("origin", "room", 5)]], 0, 4_000)).toEqual([
    [0, 0],
    [5, 1],
    [3_605, 0],
  ]);
});

it("says at each moment what the count was by what is known of it", () => {
  const visit = fc
    .record({ start: fc.nat(500), stay: fc.integer({ min: 6, max: 500 }), back: fc.boolean() })
    .map(({ start, stay, back }) =>
      back
        ? [...visitor(start, start + stay + 20), transfer("room", "hall", start + stay)]
        : visitor(start, start + stay),
    );
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 6 }), fc.nat(1_100), (sets, moment) => {
      const shown = steps(sets, 0, 1_200).findLast(([time]) => time <= moment)?.[1];
      const known = sets.map((set) => set.filter((one) => timeOf(one) <= at(moment)));
      const inside = known.filter(
        (set) => set.length > 0 && participant(set, at(moment), MAX_CALL_MS).phase === "in",
      );
      expect(shown).toBe(inside.length);
    }),
  );
});

function timeOf(webhook: Fact): number {
  return "at" in webhook ? webhook.at : Date.parse(webhook.timestamp ?? "");
}
