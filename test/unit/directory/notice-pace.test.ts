import { expect, it } from "vitest";
import { NoticePace } from "../../../src/directory/notice-pace.ts";
import type { ProblemKind } from "../../../src/contract/directory-view.ts";

function notice(subject: string, kind: ProblemKind = "unknown-number") {
  return { kind, subject, detail: "" };
}

it("tells a problem once in ten seconds, with how often it was noticed since", () => {
  const pace = new NoticePace();
  expect(pace.take(notice("a"), 0)).toBe(1);
  expect(pace.take(notice("a"), 1_000)).toBeNull();
  expect(pace.take(notice("a"), 9_999)).toBeNull();
  expect(pace.take(notice("a"), 10_000)).toBe(3);
});

it("tells twenty of a kind in a minute, whatever they are called", () => {
  const pace = new NoticePace();
  const told = (from: number, now: number): number =>
    Array.from({ length: 1_000 }, (_, n) => pace.take(notice(`${from + n}`), now)).filter(
      (times) => times !== null,
    ).length;
  expect(told(0, 0)).toBe(20);
  expect(told(1_000, 59_999)).toBe(0);
  expect(told(2_000, 60_000)).toBe(20);
});

it("gives each kind a measure of its own", () => {
  const pace = new NoticePace();
  for (let n = 0; n < 100; n++) pace.take(notice(String(n)), 0);
  expect(pace.take(notice("a", "misconfigured-line"), 0)).toBe(1);
});

it("goes on when the clock is set back", () => {
  const pace = new NoticePace();
  for (let n = 0; n < 20; n++) pace.take(notice(String(n)), 3_600_000);
  expect(pace.take(notice("a"), 0)).toBe(1);
});
