import { describe, expect, it } from "vitest";
import { idlePrefixes, parsePrefixes } from "../../../../src/lines/parse/prefixes.ts";

describe("parsePrefixes", () => {
  it("removes a plus and punctuation", () => {
    expect(parsePrefixes(["+44 (20) 7946", "49.30", "1-415"])).toEqual({
      ok: true,
      value: ["44207946", "4930", "1415"],
    });
  });

  it.each([
    ["44", ['must be a list of prefixes, such as ["4930", "+44 20"]']],
    [{}, ['must be a list of prefixes, such as ["4930", "+44 20"]']],
    [[], ["is empty: leave it out, or name prefixes"]],
    [[44], ['entry 1: must be in quotes, such as "4930"']],
    [
      ["44", "London", ""],
      [
        "entry 2: must be the first digits of a number, country code first, 1 to 15 of them",
        "entry 3: must be the first digits of a number, country code first, 1 to 15 of them",
      ],
    ],
    [
      ["1".repeat(16)],
      ["entry 1: must be the first digits of a number, country code first, 1 to 15 of them"],
    ],
    [["44", "+44"], ["entry 2: does nothing, since another entry covers it"]],
    [["4420", "44"], ["entry 1: does nothing, since another entry covers it"]],
  ])("names what is wrong with %j", (value, problems) => {
    expect(parsePrefixes(value)).toEqual({ ok: false, error: problems });
  });
});

describe("idlePrefixes", () => {
  it.each([
    [["44"], ["4477"], []],
    [["4477"], ["44"], ["allow: entry 1: does nothing, since deny covers it"]],
    [["44", "49"], ["49"], ["allow: entry 2: does nothing, since deny covers it"]],
    [
      ["44"],
      ["4477", "33"],
      ["deny: entry 2: does nothing, since allow does not let these callers in"],
    ],
  ])("of allow %j and deny %j names what can change nothing: %j", (allow, deny, problems) => {
    expect(idlePrefixes(allow, deny)).toEqual(problems);
  });
});
