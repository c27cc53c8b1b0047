import { describe, expect, it } from "vitest";
import { digitsIn, lineKey, otherKeys } from "../../../src/vonage/numbers.ts";

describe("lineKey", () => {
  it.each([
    ["14155550100", "14155550100"],
    ["+14155550100", "14155550100"],
    [" 14155550100 ", "14155550100"],
    ["+1 (415) 555-0100", "14155550100"],
    ["1.415.555.0100", "14155550100"],
    ["tel:+14155550100", "14155550100"],
    ["tel:+14155550100;ext=5", "14155550100"],
    ["1\u00a0415 555\u00a00100", "14155550100"],
    ["1/2", "12"],
    ["0", "0"],
  ])("takes the punctuation of a phone number away: %j is %j", (called, key) => {
    expect(lineKey(called)).toBe(key);
  });

  it.each([
    ["sip:14155550100@sip.example.com", "14155550100"],
    ["sip:+1-415-555-0100@sip.example.com;transport=tls", "14155550100"],
    ["SIPS:Standup@sip.example.com:5061", "standup"],
    ["Alice.Smith", "alice.smith"],
    ["  Alice  ", "alice"],
    ["stand-up", "stand-up"],
    ["room+1", "room+1"],
    ["12a34", "12a34"],
    ["٠١٢", "٠١٢"],
  ])("keeps the user part of anything else, in lower case: %j is %j", (called, key) => {
    expect(lineKey(called)).toBe(key);
  });

  it.each([
    "",
    "   ",
    "sip:@sip.example.com",
    ";",
    "@",
    ".",
    "..",
    "a".repeat(129),
    "1".repeat(600),
  ])("sends what cannot be a key to the default line: %j", (called) => {
    expect(lineKey(called)).toBe("*");
  });

  it("changes nothing in a key that it made itself", () => {
    for (const called of ["+1 (415) 555-0100", "sip:Standup@example.com", "", "*"]) {
      expect(lineKey(lineKey(called))).toBe(lineKey(called));
    }
  });
});

describe("otherKeys", () => {
  it("also looks for a number as typed with +, then for the default line", () => {
    expect(otherKeys("14155550100")).toEqual(["+14155550100", "*"]);
  });

  it("looks for nothing but the default line where there is no number", () => {
    expect(otherKeys("alice")).toEqual(["*"]);
  });

  it("looks for nothing else than the default line itself", () => {
    expect(otherKeys("*")).toEqual([]);
  });
});

describe("digitsIn", () => {
  it.each([
    ["+1 (415) 555-0100", "14155550100"],
    ["49.30", "4930"],
    ["Unknown", null],
    ["4930a", null],
    ["+", null],
    ["", null],
  ])("of %j are %j", (text, digits) => {
    expect(digitsIn(text)).toBe(digits);
  });
});
