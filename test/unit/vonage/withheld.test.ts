import { expect, it } from "vitest";
import { isWithheld } from "../../../src/vonage/withheld.ts";

it.each([
  "",
  "  ",
  "anonymous",
  "Anonymous",
  "ANONYMOUS",
  "Unknown",
  "restricted",
  "Unavailable",
  "private",
  "withheld",
  "blocked",
  "sip:anonymous@anonymous.invalid",
  "sip:Restricted@10.0.0.1;user=phone",
  "266696687",
  "+266696687",
  "+266 696 687",
  "sip:266696687@pbx.example.com",
  "7378742833",
  "86282452253",
  "8656696",
  "2562533",
  "7748283",
  "94844353",
])("%j is nobody in particular", (caller) => {
  expect(isWithheld(caller)).toBe(true);
});

it.each([
  "447700900123",
  "+447700900123",
  "26669668",
  "2666966871",
  "1266696687",
  "17378742833",
  "alice",
  "anonymouse",
  "unknown.person",
  "sip:alice@anonymous.invalid",
  "0",
  "constructor",
])("%j is somebody", (caller) => {
  expect(isWithheld(caller)).toBe(false);
});
