import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FILE_PARTS,
  readLinesFile,
  type FileFormat,
  type FileLine,
} from "../../../../src/lines/files/lines-file.ts";

const FORMATS = ["json", "csv"] as const;

const written = (lines: readonly FileLine[], format: FileFormat): string => {
  const { start, line, between, end } = FILE_PARTS[format];
  return start + lines.map(line).join(between) + end;
};

const read = (text: string, format: FileFormat): unknown => {
  const result = readLinesFile(new TextEncoder().encode(text), format);
  return result.ok ? result.value.map(({ number, value }) => ({ number, value })) : result.error;
};

const LINES = [
  { number: "14155550100", value: "standup" },
  { number: "*", value: "lobby" },
  {
    number: "front-desk",
    value: '{ "conference": "a",\r\n "greeting": "Grüß dich; „du“ \\"x\\", 1" }',
  },
  { number: "0042", value: "007" },
  { number: "+441", value: "3-4" },
  { number: "@x", value: "=cmd|' /C calc'!A0" },
  { number: "'", value: "'''" },
  { number: "5", value: "" },
];

describe.each(FORMATS)("a file of lines as %s", (format) => {
  it("gives back what it was made of", () => {
    expect(read(written(LINES, format), format)).toEqual(LINES);
  });

  it("gives back whatever it was made of", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(...Array.from("'\"\r\n,;\t=+-@{} 0aü")) }),
    );
    const lines = fc.array(fc.record({ number: text, value: text }));
    fc.assert(
      fc.property(lines, (some) => {
        expect(read(written(some, format), format)).toEqual(some);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a CSV", () => {
  it("is one that a spreadsheet takes for text, in rows of its own", () => {
    expect(written(LINES.slice(0, 4), "csv")).toBe(
      [
        "\u{feff}number,value",
        "'14155550100,'standup",
        "'*,'lobby",
        `'front-desk,"{ ""conference"": ""a"",\r\n ""greeting"": ""Grüß dich; „du“ \\""x\\"", 1"" }"`,
        "'0042,'007",
        "",
      ].join("\r\n"),
    );
  });

  it("has no cell that a spreadsheet would run", () => {
    const rows = written(LINES, "csv").split("\r\n").slice(1).filter(Boolean);
    for (const row of rows) expect(row).not.toMatch(/(^|,)"?[=+\-@\t\r]/);
  });

  it.each([
    "number,value\n14155550100,standup\n",
    "number;value\r\n14155550100;standup",
    "Number\tValue\n14155550100\tstandup\n\n",
    '\u{feff}"number","value","",\n"14155550100","standup",,\n,,,\n',
    "'number,'value\r'14155550100,'standup\r",
    "sep=;\r\nnumber;value\r\n14155550100;standup\r\n",
    "\u{feff}SEP=,\nnumber,value\n14155550100,standup\n",
    '"sep=\t"\rnumber\tvalue\r14155550100\tstandup\r',
    "sep=|\nnumber|value\n14155550100|standup\n",
  ])("may be one that somebody typed, or a spreadsheet saved: %j", (text) => {
    expect(read(text, "csv")).toEqual([{ number: "14155550100", value: "standup" }]);
  });

  it.each([
    ["", ["row 1: must be the header: number,value"]],
    ["14155550100,standup\n", ["row 1: must be the header: number,value"]],
    ["sep=;\n", ["row 2: must be the header: number;value"]],
    ["sep=;\nnumber,value\n1,a\n", ["row 2: must be the header: number;value"]],
    ["sep=\nnumber,value\n1,a\n", ["row 1: must be the header: number,value"]],
    [
      "sep=;\nnumber;value\n1;a\n2;b;c\n",
      ["row 4: has more than a number and a value: put the value in quotes"],
    ],
    ["value,number\na,1\n", ["row 1: must be the header: number,value"]],
    [
      'number,value\n1,{"conference":"a","mute":true}\n2,b\n3,c,d\n',
      [2, 4].map(
        (row) => `row ${row}: has more than a number and a value: put the value in quotes`,
      ),
    ],
  ])("%j is none", (text, problems) => {
    expect(read(text, "csv")).toEqual(problems);
  });

  it("must be UTF-8", () => {
    const latin = new Uint8Array([...new TextEncoder().encode("number,value\n1,"), 0xfc]);
    expect(readLinesFile(latin, "csv")).toMatchObject({
      error: [expect.stringContaining("UTF-8")],
    });
  });
});

describe("JSON", () => {
  it.each([
    ["", "not JSON"],
    ["[]", "not a JSON object"],
    ["{}", "must be"],
    ['{"lines":{}}', "must be"],
    ['{"lines":[],"more":1}', "must be"],
    [
      '{"lines":[{"number":"1","value":"a"},{"number":1,"value":"a"}]}',
      "line 2: number: must be in quotes",
    ],
    ['{"lines":[{"number":"1"}]}', "line 1: must be"],
    ['{"lines":[{"number":"1","value":{"conference":"a"}}]}', "line 1: must be"],
    ['{"lines":[{"number":"1","value":"a","note":"x"}]}', "line 1: must be"],
    ['{"lines":[null]}', "line 1: must be"],
  ])("%j is no file of lines", (text, words) => {
    expect(read(text, "json")).toEqual([expect.stringContaining(words)]);
  });
});
