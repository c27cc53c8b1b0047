/** What a line says that cannot be said: callers hear the nearest, and the line is named. */
import { describe, expect, it } from "vitest";
import { parseLine, type Line } from "../../../../src/lines/parse/line.ts";
import { checkLine } from "../../../../src/lines/files/write-check.ts";
import { shownLine } from "../../../../src/lines/parse/redacted.ts";

const lineOf = (value: unknown): Line => {
  const parsed = parseLine(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.join("; "));
  return parsed.value;
};

const UNKNOWN = "is none that the carrier's voices speak: name one such as en-GB; callers hear";
const BROKEN =
  "is no well-formed SSML: close every tag, and write & as &amp;; callers hear its words alone";

describe("a language", () => {
  it.each([
    ["en-gb", "en-GB"],
    ["de", "de-DE"],
    ["pt", "pt-BR"],
    ["de-AT", "de-AT"],
  ])("is the carrier's tag, however it is typed: %s is %s", (typed, tag) => {
    const line = lineOf({ conference: "a", language: typed });
    expect([line.door?.room.language, line.language, line.warnings]).toEqual([tag, tag, undefined]);
  });

  it.each([
    ["de-CH", "de-DE"],
    ["xx-YY", "en-US"],
  ])("that no voice speaks is the nearest, and named: %s is %s", (typed, tag) => {
    const line = lineOf({ conference: "a", language: typed });
    expect(line.door?.room.language).toBe(tag);
    expect(line.warnings).toEqual([`language: ${UNKNOWN} ${tag}`]);
  });

  it("is named with the room that says it, and not with those that have it from the line", () => {
    const line = lineOf({
      language: "xx",
      rooms: { 1: { conference: "a", language: "fr-XX" }, 2: "b", 3: { conference: "c" } },
    });
    expect(line.warnings).toEqual([
      `language: ${UNKNOWN} en-US`,
      `rooms, entry 1: language: ${UNKNOWN} fr-FR`,
    ]);
    expect(Array.from(line.rooms.values(), ({ room }) => room.language)).toEqual([
      "fr-FR",
      "en-US",
      "en-US",
    ]);
  });
});

describe("SSML that is not well-formed", () => {
  it("is heard in its words, and named: of a greeting and of prompts, of the line and of its rooms", () => {
    const line = lineOf({
      greeting: "<speak>Tea & biscuits</speak>",
      prompts: { full: "<speak>Full", locked: "<speak>Locked &amp; closed</speak>" },
      rooms: { 2001: { conference: "a", greeting: "<speak>A <b>room</speak>" }, 2002: "b" },
    });
    expect(line.warnings).toEqual([
      `greeting: ${BROKEN}`,
      `prompts: full: ${BROKEN}`,
      `rooms, entry 1: greeting: ${BROKEN}`,
    ]);
    expect(line.rooms.get("2002")?.room).toMatchObject({
      greeting: "Tea & biscuits",
      prompts: { full: "Full", locked: "<speak>Locked &amp; closed</speak>" },
    });
    expect(line.rooms.get("2001")?.room.greeting).toBe("A room");
  });
});

it("a line with a warning cannot be written, and none of it is shown as part of the line", () => {
  const value = JSON.stringify({
    conference: "a",
    language: "de-CH",
    greeting: "<speak>&</speak>",
  });
  expect(checkLine("100", value, 50)).toEqual({
    ok: false,
    error: [`language: ${UNKNOWN} de-DE`, `greeting: ${BROKEN}`],
  });
  expect(shownLine(lineOf(JSON.parse(value)))).toEqual({
    conference: "a",
    language: "de-DE",
    greeting: "&",
  });
});

it("of very many warnings the first hundred are named", () => {
  const rooms = Array.from({ length: 900 }, (_, n) => [n, { conference: "a", language: "xx" }]);
  expect(lineOf({ rooms: Object.fromEntries(rooms) }).warnings).toHaveLength(101);
});
