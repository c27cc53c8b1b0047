import { expect, it } from "vitest";
import { shownOf, type Problem } from "../../../src/directory/problem.ts";
import type { ProblemKind } from "../../../src/contract/directory-view.ts";

function problem(kind: ProblemKind, lastAt: number): Problem {
  const subject = String(lastAt);
  return { id: `${kind}:${subject}`, kind, subject, detail: "", count: 1, firstAt: 0, lastAt };
}

it("shows the latest few of every kind, however many newer ones there are of another", () => {
  const flood = Array.from({ length: 60 }, (_, n) => problem("unknown-number", 1_000 - n));
  const lines = Array.from({ length: 7 }, (_, n) => problem("misconfigured-line", 100 - n));
  const shown = shownOf([...flood, ...lines], 50);
  expect(shown).toEqual([...flood.slice(0, 45), ...lines.slice(0, 5)]);
});

it("shows all of them where they are few", () => {
  const few = [problem("split-room", 3), problem("unknown-number", 2), problem("split-room", 1)];
  expect(shownOf(few, 50)).toEqual(few);
});
