import { expect, it } from "vitest";
import { Recent } from "../../../src/lib/recent.ts";

function filled(most: number, count: number): number[] {
  const recent = new Recent<number>(most);
  for (let n = 0; n < count; n++) recent.set(String(n), n);
  return Array.from({ length: count }, (_, n) => recent.get(String(n))).filter(
    (value) => value !== undefined,
  );
}

it.each([1, 2, 7, 8, 100])("holds %d, and the latest of more", (most) => {
  expect(filled(most, most)).toHaveLength(most);
  for (const more of [1, 5, 250]) {
    const kept = filled(most, most + more);
    expect(kept.length).toBeLessThanOrEqual(most);
    expect(kept.length).toBeGreaterThanOrEqual(Math.ceil(most * 0.875));
    expect(kept).toEqual(kept.map((_, index) => most + more - kept.length + index));
  }
});

it("takes what is set again for the latest", () => {
  const recent = new Recent<string>(2);
  for (const key of ["a", "b", "a", "c"]) recent.set(key, key);
  expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual(["a", undefined, "c"]);
});
