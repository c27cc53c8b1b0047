import { expect, it } from "vitest";
import { failed, newRow } from "../../../src/switchboard/leg-row.ts";

const NOW = Date.parse("2031-06-01T09:00:00Z");

it("tries again what failed after a second, each time after twice as long, and at the latest after a minute", () => {
  let row = newRow("leg", NOW);
  const pauses = Array.from({ length: 9 }, () => {
    row = failed(row, NOW);
    return (row.dueAt ?? 0) - NOW;
  });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
});
