import { describe, expect, it } from "vitest";
import { checkLine, numberToWrite } from "../../../../src/lines/files/write-check.ts";

const problemsOf = (value: string, number = "14155550100", ceiling = 50): string[] => {
  const checked = checkLine(number, value, ceiling);
  return checked.ok ? [] : checked.error;
};

const spacious = (blanks: number) => `{"conference":"a",${" ".repeat(blanks)}"record":true}`;

describe("the number of a line that is to be written", () => {
  it.each([
    ["14155550100", "14155550100"],
    [" +1 (415) 555-0100 ", "14155550100"],
    ["1.415.555.0160", "14155550160"],
    ["tel:+14155550100", "14155550100"],
    ["sip:Standup@sip.example.com", "standup"],
    ["0042", "0042"],
    ["*", "*"],
    [" * ", "*"],
  ])("%j is the key %j", (typed, key) => {
    expect(numberToWrite(typed)).toEqual({ ok: true, value: key });
  });

  it.each([
    ["", "is missing"],
    [" ", "is missing"],
    ["4.41E+11", "spreadsheet"],
    ["4,41235e+11", "spreadsheet"],
    ["1E12", "spreadsheet"],
    ["447700900123.0", "spreadsheet"],
    ["sip:@example.com", "must be a phone number"],
    ["..", "must be a phone number"],
    [";x", "must be a phone number"],
    ["a".repeat(129), "must be a phone number"],
    ["sip:*@example.com", "must be a phone number"],
    ["a\u0000b", "has characters"],
    ["a\nb", "has characters"],
    ["\ud800", "has characters"],
  ])("%j is none, and stands for no default line: %s", (typed, words) => {
    const key = numberToWrite(typed);
    expect(key.ok ? key.value : key.error).toMatch(new RegExp(`^number: .*${words}`));
  });
});

describe("a line that is to be written", () => {
  it("is stored as it was typed, but for the blanks around it", () => {
    const value = '{ "rooms": { "2002": "b", "2001": "a" },\n "record": true }';
    const checked = checkLine("+1 415 555 0100", ` ${value}\n`, 50);
    expect(checked).toMatchObject({ ok: true, value: { number: "14155550100", value } });
  });

  it("is refused with every problem of it and of its number", () => {
    const value = JSON.stringify({ conference: "a b", pin: 1, colour: "red" });
    const names = problemsOf(value, "4.4E+11").map((problem) => problem.split(":")[0]);
    expect(names).toEqual(["number", "conference", "pin", "colour"]);
  });

  it("may have so many participants as the setting says", () => {
    const value = JSON.stringify({ conference: "a", maxParticipants: 60 });
    expect(problemsOf(value, "1", 50)).toEqual([
      "maxParticipants: must be a whole number from 1 to 50",
    ]);
    expect(problemsOf(value, "1", 60)).toEqual([]);
  });

  it.each([
    { conference: "a", pin: "***" },
    { conference: "a", moderatorPin: "***" },
    { rooms: { "***": "standup" } },
    { rooms: [{ code: "***", conference: "standup" }] },
  ])("is not what is shown of one: %j", (line) => {
    expect(problemsOf(JSON.stringify(line))).toContain(
      "*** stands for a code or a PIN that is not shown: type the code or the PIN itself",
    );
  });

  it("may greet with three stars", () => {
    expect(problemsOf(JSON.stringify({ conference: "a", greeting: "***" }))).toEqual([]);
  });

  it("is not longer than 64 KiB", () => {
    expect(problemsOf(spacious(65_500))).toEqual([]);
    expect(problemsOf(spacious(65_536))).toEqual(["the value: may have at most 64 KiB"]);
  });
});
