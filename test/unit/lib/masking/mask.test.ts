import { expect, it } from "vitest";
import { mask, maskNumbers, quoted, withoutQuotes } from "../../../../src/lib/masking/mask.ts";

it.each([
  ["447700900123", "***23"],
  ["sip:alice@example.com", "***om"],
  ["Unknown", "***wn"],
  ["123", "***23"],
])("shows the last two characters of %j and no more", (caller, shown) => {
  expect(mask(caller)).toBe(shown);
});

it.each(["", "1", "12"])("shows nothing of %j, which is as short as that", (caller) => {
  expect(mask(caller)).toBe("***");
});

it("does not tell how long a caller's number is", () => {
  expect(mask("4477")).toHaveLength(mask("447700900177").length);
});

it("cuts no character in two, and masks what is masked no further", () => {
  expect(mask("Ann😀😀")).toBe("***😀😀");
  expect(mask("a😀")).toBe("***");
  expect(mask(mask("Ann😀"))).toBe(mask("Ann😀"));
  expect(maskNumbers("x".repeat(199) + "😀").isWellFormed()).toBe(true);
});

it.each([
  ["from 447700900123", "from ***23"],
  ["from 4477–0090‑0123", "from ***23"],
  ["from ４４７７００９００１２３", "from ***23"],
  ['"Ann Lee" <sip:ann@pbx.example.com:5060>;tag=1 left', "***;tag=1 left"],
  ["SIPS:ann@[2001:db8::1] left", "*** left"],
  ["ann.lee+x@example.com, Ben", "***, Ben"],
  ["ann＠example.com", "***"],
  ["sip%3Aann%40example.com", "***"],
  [
    "The leg 688fd94bd0e1f59c36a4cbd36312fc28 is gone …",
    "The leg 688fd94bd0e1f59c36a4cbd36312fc28 is gone …",
  ],
])("shows of %j no number and no address", (text, shown) => {
  expect(maskNumbers(text)).toBe(shown);
});

it("tells somebody else's words from ours, whatever quotation marks stand in them", () => {
  const words = `The carrier says ${quoted("no “Ann” here” or there")}.`;
  expect(words).toBe("The carrier says “no 'Ann' here' or there”.");
  expect(withoutQuotes(words)).toBe("The carrier says “***”.");
});
