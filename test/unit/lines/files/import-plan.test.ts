import { expect, it } from "vitest";
import { planImport } from "../../../../src/lines/files/import-plan.ts";

const lines = (...given: [number: string, value: string][]) =>
  given.map(([number, value], index) => ({ place: `row ${index + 2}`, number, value }));

const many = (count: number) =>
  lines(...Array.from({ length: count }, (_, n): [string, string] => [String(n), "a"]));

it("is every line, under its key, in the order of the file", async () => {
  const plan = await planImport(lines(["+1 415 555 0100", " a "], ["*", '{"conference":"b"}']), 50);
  expect(plan).toMatchObject({
    ok: true,
    value: [
      { number: "14155550100", value: "a" },
      { number: "*", value: '{"conference":"b"}' },
    ],
  });
});

it("is nothing where anything is wrong, and every problem has its row", async () => {
  const plan = await planImport(
    lines(["1", "a"], ["4.4E+11", "b c"], ["+1", '{"conference":"d","pin":"1"}'], ["(1)", "e"]),
    50,
  );
  expect(plan).toEqual({
    ok: false,
    error: [
      expect.stringContaining("row 3: number: 4.4E+11"),
      expect.stringContaining("row 3: conference"),
      "row 4: number: is in row 2 already",
      expect.stringContaining("row 4: pin"),
      "row 5: number: is in row 2 already",
    ],
  });
});

it("has a line, and at most 900", async () => {
  expect(await planImport([], 50)).toEqual({ ok: false, error: ["the file has no lines in it"] });
  expect((await planImport(many(900), 50)).ok).toBe(true);
  expect(await planImport(many(901), 50)).toEqual({
    ok: false,
    error: ["the file has 901 lines: split it into files of 900"],
  });
});

it("lets others have their turn between long lines", async () => {
  let turns = 0;
  const count = setInterval(() => (turns += 1), 0);
  const value = `{"conference":"a"${" ".repeat(60_000)}}`;
  await planImport(lines(["1", value], ["2", value], ["3", value]), 50);
  clearInterval(count);
  expect(turns).toBeGreaterThan(0);
});
