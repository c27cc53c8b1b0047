import { expect, it } from "vitest";
import { mask } from "../../../src/lib/mask.ts";

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
