import { expect, it } from "vitest";
import { batchWords, cameToNothing } from "../../../../src/dashboard/conference/batch-words.ts";
import type { BatchView, JobState } from "../../../../src/contract/batch-view.ts";

function batch(...states: (JobState | [JobState, string])[]): BatchView {
  const jobs = states.map((one) => {
    const [state, detail] = typeof one === "string" ? [one, null] : one;
    return { kind: "talk", leg: "a", dial: null, to: null, state, detail, status: null } as const;
  });
  const pending = jobs.filter(({ state }) => state === "waiting" || state === "sending").length;
  return { batch: "b", conference: "c", total: jobs.length, pending, createdAt: "", jobs };
}

it("counts what was done, and says what became of the others", () => {
  expect(batchWords(batch("done", "done"), "Said to")).toBe("Said to 2 of 2.");
  expect(
    batchWords(batch("done", "gone", "gone", "unknown", "waiting", "sending"), "Said to"),
  ).toBe("Said to 1 of 6, 2 gone meanwhile, 1 perhaps, nobody can tell, 2 on the way.");
});

it("gives the carrier's reason where it refused", () => {
  const refused = batch("done", ["refused", "no such number"]);
  expect(batchWords(refused, "Calling")).toBe(
    "Calling 1 of 2, 1 refused by the carrier (no such number).",
  );
});

it("says so where there was nobody", () => {
  expect(batchWords(batch(), "Said to")).toBe("Said to nobody: nobody is there.");
});

it("takes for a failure only what is over and has done nothing", () => {
  expect(cameToNothing(batch(["refused", "x"], "gone"))).toBe(true);
  expect(cameToNothing(batch("refused", "done"))).toBe(false);
  expect(cameToNothing(batch("refused", "waiting"))).toBe(false);
  expect(cameToNothing(batch())).toBe(false);
});
