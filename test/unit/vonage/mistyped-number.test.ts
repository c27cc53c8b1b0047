import { describe, expect, it } from "vitest";
import { mistypedNumber } from "../../../src/vonage/mistyped-number.ts";
import { lineKey } from "../../../src/vonage/numbers.ts";

const NUMBER = "14155550100";

describe("a phone number, however it was pasted", () => {
  it.each([
    ["marks for the direction of writing", "\u202a+1 415 555 0100\u202c"],
    ["a mark before the scheme", "\u200etel:+14155550100"],
    ["a space of no width", "1415\u200b555\ufeff0100"],
    ["a soft hyphen", "1415\u00ad5550100"],
    ["en dashes", "+1–415–555–0100"],
    ["hyphens that do not break, and a minus", "1‑415−555‐0100"],
    ["full-width digits, plus and brackets", "＋１（４１５）５５５－０１００"],
    ["slashes", "1/415/555-0100"],
    ["commas", "1,415,555,0100"],
    ["apostrophes", "1'415'555’0100"],
    ["brackets", "+1 [415] (555) 0100"],
    ["spaces of other widths", "1\u202f415\u2009555\u30000100"],
    ["tabs", "1\t415\t5550100"],
  ])("is its digits: %s", (_, typed) => {
    expect([lineKey(typed), mistypedNumber(typed)]).toEqual([NUMBER, null]);
  });
});

describe("what looks like a phone number and is none", () => {
  it.each([
    "+1 415 555 0100 ext. 5",
    "+1 (415) 555-0100 x5",
    "14155550100x5",
    "14155550100 ext 5",
    "+14155550100#2001",
    "#2001",
    "*55",
    "2001#",
    "tel:+14155550100;ext=5",
    "sip:14155550100;ext=5@pbx.example.com",
    "14155550100;5",
    "+14155550100,,123",
    "14155550100, ,123",
    "1415555010O",
    "+1415555O1OO",
    "+1 415 555 0100 (Alice)",
    "14155550100 Alice",
    "(415) 5550100 home",
    "+1-800-FLOWERS",
    "14155550100\n14155550101x",
    "١٤١٥٥٥٥٠١٠٠",
    "٠١٢",
  ])("%j is named", (typed) => {
    expect(mistypedNumber(typed)).toContain("looks like a phone number and is none");
  });

  it.each([
    ["+44 (0) 20 7946 0000", "leave out the (0)"],
    ["+49(0)30 901820", "leave out the (0)"],
    ["14155550100, 14155550101", "is it two of them?"],
    ["14155550100 / 14155550101", "is it two of them?"],
  ])("%j would be another number: %s", (typed, problem) => {
    expect(mistypedNumber(typed)).toContain(problem);
  });
});

describe("a user of SIP or an app, and everything else that is called", () => {
  it.each([
    "alice",
    "alice.smith",
    "Alice Smith",
    "2001",
    "1001",
    "0",
    "user-42",
    "user_4155550100",
    "u14155550100",
    "2001-sales",
    "12a34",
    "room+1",
    "+alice",
    "x5",
    "14155550100_desk",
    "sip:1001@pbx.example.com",
    "sip:alice@pbx.example.com;transport=tls",
    "sip:+14155550100@pbx.example.com",
    "sip:alice@14155550100.example.com",
    "507118361200ab34cd56ef78",
    "12345678-1234-4abc-8def-0123456789ab",
    "USR-82e028d9-5201-4f1e-8188-604b2d3471ec",
    "123456789012345678",
    "50%",
    "日本",
    "🎧",
    "__proto__",
    "*",
    "",
  ])("%j is left alone", (typed) => {
    expect(mistypedNumber(typed)).toBeNull();
  });

  it("finds its line as before, whatever it looks like", () => {
    expect(lineKey("14155550100X5")).toBe("14155550100x5");
    expect(lineKey("+14155550100,,123")).toBe("+14155550100,,123");
    expect(lineKey("tel:+14155550100;ext=5")).toBe(NUMBER);
    expect(lineKey("#2001")).toBe("#2001");
    expect(lineKey("\ud800")).toBe("\ud800");
    expect(lineKey("Ａlice")).toBe("ａlice");
  });
});
