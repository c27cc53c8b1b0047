import { describe, expect, it } from "vitest";
import { de } from "../../../../src/lines/speech/catalogue/de.ts";
import { en, type PromptName } from "../../../../src/lines/speech/catalogue/en.ts";
import { es } from "../../../../src/lines/speech/catalogue/es.ts";
import { fr } from "../../../../src/lines/speech/catalogue/fr.ts";

const NAMES = Object.keys(en) as PromptName[];
const placeholdersOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each([
  ["English", en],
  ["German", de],
  ["Spanish", es],
  ["French", fr],
])("the catalogue in %s", (_, catalogue) => {
  it("has every prompt, and no other", () => {
    expect(Object.keys(catalogue)).toEqual(NAMES);
  });

  it.each(NAMES)("says %s in plain words, and not at length", (name) => {
    const text = catalogue[name];
    expect(text.trim()).toBe(text);
    expect(text.length).toBeGreaterThan(10);
    expect(text.length).toBeLessThanOrEqual(300);
    expect(text).not.toMatch(/[<>&]/);
    // The greeting is the documented one, which has no full stop.
    expect(name === "greeting" || text.endsWith(".")).toBe(true);
  });

  it.each(NAMES)("fills in for %s what English does", (name) => {
    expect(placeholdersOf(catalogue[name])).toEqual(placeholdersOf(en[name]));
  });

  it("says something else for every prompt", () => {
    expect(new Set(Object.values(catalogue)).size).toBe(NAMES.length);
  });
});

it("no prompt is left in English", () => {
  const same = NAMES.filter((name) => [de, es, fr].some((other) => other[name] === en[name]));
  expect(same).toEqual([]);
});
