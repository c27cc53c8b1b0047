import { describe, expect, it } from "vitest";
import { parseLine } from "../../../../src/lines/parse/line.ts";

const problemsOf = (value: string): string[] => {
  const parsed = parseLine(value);
  return parsed.ok ? [] : parsed.error;
};

/** As KV gives back what was stored in another encoding. */
const utf16 = (text: string, bigEndian: boolean, mark: boolean): string => {
  const units = Array.from(`${mark ? "\ufeff" : ""}${text}`, (unit) => unit.charCodeAt(0));
  const bytes = units.flatMap((unit) =>
    bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8],
  );
  return new TextDecoder().decode(new Uint8Array(bytes));
};

const JSON_LINE = '{"conference":"standup","pin":"4711"}';

describe("UTF-16 in KV", () => {
  it.each([
    ["a name", "standup"],
    ["JSON", JSON_LINE],
  ])("is told as such, whichever end comes first: %s", (_, text) => {
    for (const bigEndian of [true, false]) {
      for (const mark of [true, false]) {
        expect(problemsOf(utf16(text, bigEndian, mark))).toEqual([
          "the value: is UTF-16: store it as UTF-8",
        ]);
      }
    }
  });

  it("is not meant by a name of other letters, nor by a byte order mark of UTF-8", () => {
    expect(problemsOf("söndag")).toEqual([expect.stringMatching(/^conference: must be/)]);
    expect(problemsOf(`\ufeff${JSON_LINE}`)).toEqual([]);
  });
});

describe("a value in quotes", () => {
  it.each([
    "'standup'",
    '"standup"',
    "“standup”",
    "„standup“",
    "«standup»",
    "`standup`",
    `'${JSON_LINE}'`,
    `“${JSON_LINE}”`,
    JSON.stringify(JSON_LINE),
    `"${JSON_LINE}"`,
  ])("is told to lose them: %s", (value) => {
    expect(problemsOf(value)).toEqual(["the value: leave out the quotes around it"]);
  });
});

describe("JSON with other quotes inside", () => {
  it.each([
    ['{“conference”:“standup”,"pin":"4711"}', 'has typographic quotes where JSON needs "'],
    ['{"conference": „standup“}', 'has typographic quotes where JSON needs "'],
    ["{'conference':'standup'}", "has ' where JSON needs \""],
    ["{\"rooms\":{ '1':'standup'}}", "has ' where JSON needs \""],
  ])("%s: %s", (value, problem) => {
    expect(problemsOf(value)).toEqual([`the value: ${problem}`]);
  });

  it("is not blamed for what stands in a text", () => {
    expect(problemsOf('{"conference":"a","greeting":"He said, “hello”, it\'s"')).toEqual([
      "the value is neither a conference name nor valid JSON",
    ]);
    expect(problemsOf('{"conference":"a","greeting":"He said:“hello”"}')).toEqual([]);
  });
});
