import { describe, expect, it } from "vitest";
import type { ShownLine } from "../../../../src/dashboard/lines/editor/line-answers.ts";
import {
  conferencesOf,
  factsOf,
  isSought,
  keyOf,
} from "../../../../src/dashboard/lines/line-facts.ts";
import { parseLine } from "../../../../src/lines/parse/line.ts";
import { shownLine } from "../../../../src/lines/parse/redacted.ts";

/** As the API shows it. */
function shown(value: object): ShownLine {
  const line = parseLine(JSON.stringify(value));
  if (!line.ok) throw new Error(line.error.join());
  return JSON.parse(JSON.stringify(shownLine(line.value))) as ShownLine;
}

const factsIn = (value: object): string[] =>
  factsOf({ line: shown(value), problems: [] }).map(({ text }) => text);

describe("the marks of a line", () => {
  it.each([
    [{}, []],
    [{ pin: "480215" }, ["PIN"]],
    [{ moderatorPin: "73190", waitForModerator: true }, ["Moderated"]],
    [{ endOnExit: true }, ["Moderated"]],
    [{ startOnEnter: false }, []],
    [{ hours: { timeZone: "Europe/Berlin", open: { mon: "08:00-18:00" } } }, ["Hours"]],
    [{ allow: ["44"] }, ["Chosen callers"]],
    [{ deny: ["44"] }, ["Chosen callers"]],
    [{ record: true, pin: "480215" }, ["PIN", "Recorded"]],
    [{ record: false }, []],
  ])("of %j are %j", (options, facts) => {
    expect(factsIn({ conference: "standup", ...options })).toEqual(facts);
  });

  it("are those of any of its rooms", () => {
    const rooms = {
      "2001": "standup",
      "0042": { conference: "board", pin: "480215", moderatorPin: "73190" },
    };
    expect(factsIn({ rooms, record: true })).toEqual(["PIN", "Moderated", "Recorded"]);
  });

  it("of one that is misconfigured say nothing else", () => {
    const problems = ["pin: must be 3 to 12 digits, in quotes"];
    expect(factsOf({ line: null, problems })).toEqual([
      { icon: "alert", text: "Misconfigured", title: problems[0], tone: "bad" },
    ]);
  });

  it("of one that no call leads to say nothing else", () => {
    const problems = ["its key: no call leads to it, but to ada"];
    const line = shown({ conference: "standup", pin: "480215" });
    expect(factsOf({ line, problems })).toMatchObject([{ text: "Out of use", tone: "bad" }]);
  });
});

it("a line leads to each of its conferences once", () => {
  const rooms = { "1": "standup", "2": "board", "3": "standup" };
  expect(conferencesOf(shown({ rooms }))).toEqual(["standup", "board"]);
  expect(conferencesOf(shown({ conference: "standup", pin: "480215" }))).toEqual(["standup"]);
});

describe("a search", () => {
  const line = shown({ rooms: { "1": "Standup", "2": "board" } });
  const entry = { number: "442079460000", value: "", line, problems: [] };

  it.each([
    "",
    " ",
    "7946",
    "+44 20 79",
    "(20) 7946-0000",
    "442079460000",
    "stand",
    "BOARD",
    "20 7",
  ])("for %j finds it", (sought) => {
    expect(isSought(entry, "+44 20 7946 0000", sought)).toBe(true);
  });

  it.each(["7947", "lobby", "44 21", "*"])("for %j does not", (sought) => {
    expect(isSought(entry, "+44 20 7946 0000", sought)).toBe(false);
  });

  it("finds a line that cannot be read by its number alone", () => {
    const unread = { number: "14155550100", value: null, line: null, problems: ["no JSON"] };
    expect(isSought(unread, "+1 415 555 0100", "555 01")).toBe(true);
    expect(isSought(unread, "+1 415 555 0100", "standup")).toBe(false);
  });
});

describe("what somebody types is the line", () => {
  it.each([
    ["+44 20 7946 0000", "442079460000"],
    ["sip:Ada@example.com", "ada"],
    [" * ", "*"],
  ])("%j: %j", (typed, key) => {
    expect(keyOf(typed)).toBe(key);
  });

  it.each(["", "  ", "..", "@", "x".repeat(129)])("of nobody: %j", (typed) => {
    expect(keyOf(typed)).toBeNull();
  });
});
