import { describe, expect, it } from "vitest";
import { asJson, asName, isName } from "../../../../../src/dashboard/lines/editor/line-text.ts";
import { parseLine } from "../../../../../src/lines/parse/line.ts";

describe("a line's text", () => {
  it.each(["standup", "", "a b", "«"])("%j is a name", (text) => {
    expect(isName(text)).toBe(true);
    expect(asName(text)).toBe(text);
  });

  it.each(['{"conference": "standup"}', " [", '"standup"'])("%j is none", (text) => {
    expect(isName(text)).toBe(false);
    expect(asJson(text)).toBe(text);
  });

  it("says the same as JSON and as a name", () => {
    expect(parseLine(asJson(" standup "))).toEqual(parseLine("standup"));
    expect(asName(asJson("standup"))).toBe("standup");
    expect(asName(asJson('a"b'))).toBe('a"b');
  });

  it.each([
    '{"conference": "standup", "pin": "480215"}',
    '{"conference": 5}',
    '{"conference": "{}"}',
    '{"rooms": {}}',
    "{}",
    '{"conference": "standup"',
    "[]",
    '"standup"',
  ])("that says more than a name, or cannot be read, has none: %s", (text) => {
    expect(asName(text)).toBeNull();
  });
});
