import { describe, expect, it } from "vitest";
import { canonicalCaller, isSameCaller } from "../../../src/vonage/caller.ts";

describe("canonicalCaller", () => {
  it.each([
    "447700900777",
    "+44 7700 900777",
    " +44 (7700) 900-777 ",
    "44.7700.900777",
    "00447700900777",
    "+00 44 7700 900777",
    "tel:+44-7700-900777",
    "TEL:+447700900777;phone-context=example.com",
    "sip:447700900777@pbx.example.com;user=phone",
    "sips:+447700900777@203.0.113.7:5061",
    "SIP:447700900777:secret@pbx.example.com",
    "sip:%2B44%37700900777@pbx.example.com",
    '"The board" <sip:+447700900777@pbx.example.com>;tag=1',
    "447700900777@pbx.example.com",
    "４４７７００９００７７７",
    "＋４４ ７７００ ９００７７７",
    "ｓｉｐ：447700900777＠pbx.example.com",
    "44–7700–900777",
    "44‑7700‑900777",
    "\u202a447700900777\u202c",
    "447700\u200b900777",
    "44\u00a07700\t900777",
  ])("of %j is the number in digits", (caller) => {
    expect(canonicalCaller(caller)).toBe("447700900777");
  });

  it.each([
    ["sip:Alice@pbx.example.com", "alice"],
    ["Alice", "alice"],
    ["ＡＬＩＣＥ", "alice"],
    ["sip:al%69ce@example.com;transport=tls", "alice"],
    ["sip:100%@example.com", "100%"],
    ["room+1", "room+1"],
    ["sip:007@pbx.example.com", "007"],
    ["sip:7@pbx.example.com", "7"],
    ["0123456789", "0123456789"],
    ["__proto__", "__proto__"],
  ])("of %j is %j", (caller, canonical) => {
    expect(canonicalCaller(caller)).toBe(canonical);
  });

  it.each([
    "",
    "  ",
    "\u200b",
    "sip:@example.com",
    "Unknown",
    "UNKNOWN",
    "anonymous",
    "sip:Anonymous@anonymous.invalid",
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    "Restricted",
    "private",
    "unavailable",
    "266696687",
    "+266696687",
  ])("of %j is none: it is withheld", (caller) => {
    expect(canonicalCaller(caller)).toBeNull();
  });
});

describe("isSameCaller", () => {
  it("goes by the canonical caller, and takes nobody withheld for another", () => {
    expect(isSameCaller("sip:447700900777@pbx.example.com", "+44 7700 900777")).toBe(true);
    expect(isSameCaller("447700900777", "447700900778")).toBe(false);
    expect(isSameCaller("sip:Alice@a.example.com", "alice")).toBe(true);
    expect(isSameCaller("Unknown", "Unknown")).toBe(false);
    expect(isSameCaller("", "")).toBe(false);
  });
});
