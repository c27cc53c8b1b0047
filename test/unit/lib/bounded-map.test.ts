import { expect, it } from "vitest";
import { BoundedMap } from "../../../src/lib/bounded-map.ts";

function filled(most: number, count: number): number[] {
  const recent = new BoundedMap<number>(most);
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
  const recent = new BoundedMap<string>(2);
  for (const key of ["a", "b", "a", "c"]) recent.set(key, key);
  expect(["a", "b", "c"].map((key) => recent.get(key))).toEqual(["a", undefined, "c"]);
});

const held = (recent: BoundedMap<string>, keys: string): string =>
  Array.from(keys)
    .filter((key) => recent.get(key) !== undefined)
    .join("");

it("forgets the oldest entries, by their number", () => {
  const recent = new BoundedMap<string>(2);
  for (const key of "abac") recent.set(key, key);
  expect(held(recent, "abc")).toBe("ac");
});

it("forgets the oldest entries, by their weight together, as many as it takes", () => {
  const recent = new BoundedMap<string>(10, (text) => text.length);
  for (const key of "abc") recent.set(key, "123");
  recent.set("d", "12345678");
  expect(held(recent, "abcd")).toBe("d");
  recent.set("e", "12");
  expect(held(recent, "abcde")).toBe("de");
});

it("weighs an entry once, however often it is set, deleted or forgotten", () => {
  const recent = new BoundedMap<string>(10, (text) => text.length);
  for (let n = 0; n < 50; n++) {
    recent.set("a", "1234");
    recent.set("b", "1234");
    recent.delete("c");
    recent.set("c", "1");
    recent.delete("c");
  }
  expect(held(recent, "ab")).toBe("ab");
  recent.clear();
  recent.set("c", "1234567890");
  expect(held(recent, "abc")).toBe("c");
});

it("does not keep what is heavier than everything may be", () => {
  const recent = new BoundedMap<string>(10, (text) => text.length);
  recent.set("a", "12345678901");
  recent.set("b", "1");
  expect(held(recent, "ab")).toBe("b");
});
