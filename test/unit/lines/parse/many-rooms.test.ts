/** What a line costs that is long. A quadratic step in one of these takes minutes instead of a second. */
import { describe, expect, it } from "vitest";
import { contradictions } from "../../../../src/lines/parse/contradictions.ts";
import { scanKeys } from "../../../../src/lines/parse/key-scan.ts";
import { parseLine } from "../../../../src/lines/parse/line.ts";
import { idlePrefixes, parsePrefixes } from "../../../../src/lines/parse/prefixes.ts";
import { redactedValue } from "../../../../src/lines/parse/redacted.ts";
import { readRooms } from "../../../../src/lines/parse/rooms.ts";
import { TOO_LONG } from "../../../../src/lines/parse/value-size.ts";

const MANY = 150_000;
/** A busy machine takes a tenth of it. */
const PATIENCE_MS = 20_000;
const codes = Array.from({ length: MANY }, (_, n) => String(9_000_000 - n));
const rooms = Object.fromEntries(codes.map((code) => [code, "standup"]));
const text = `{"rooms":{${codes.map((code) => `"${code}":"standup"`).join(",")}}}`;
const long = (bytes: number): string => `{"conference":"a"${" ".repeat(bytes - 18)}}`;

describe("a line of 150,000 rooms", () => {
  it("is scanned and read in order of the text, in one go", { timeout: PATIENCE_MS }, () => {
    const { places } = scanKeys(text);
    const read = readRooms(rooms, places, { values: {}, wrong: new Set(), problems: [] }, 50);
    expect(read).toHaveLength(MANY);
    expect(read.map(({ code }) => code).slice(0, 2)).toEqual(["9000000", "8999999"]);
    expect(contradictions(read)).toEqual([]);
  });

  it("is neither parsed nor shown: it is too long, and nothing else is said of it", () => {
    for (const value of [text, text.slice(1), `${text},`, " ".repeat(70_000), "é".repeat(33_000)]) {
      expect(parseLine(value)).toEqual({ ok: false, error: [TOO_LONG] });
      expect(redactedValue(value)).toBeNull();
    }
  });

  it("may have 64 KiB, in bytes", () => {
    expect(parseLine(long(65_536)).ok).toBe(true);
    expect(parseLine(long(65_537))).toEqual({ ok: false, error: [TOO_LONG] });
    expect(parseLine("é".repeat(32_768))).not.toEqual({ ok: false, error: [TOO_LONG] });
  });
});

it("30,000 prefixes are held against each other in one go", { timeout: PATIENCE_MS }, () => {
  const some = Array.from({ length: 30_000 }, (_, n) => String(1_000_000 + n));
  expect(parsePrefixes(some)).toEqual({ ok: true, value: some });
  const longer = some.map((prefix) => `${prefix}0`);
  expect(idlePrefixes(some, longer)).toEqual([]);
  expect(idlePrefixes(longer, some)).toHaveLength(30_000);
});

it("keys that are given twice deep inside are named by what they are in", () => {
  const deep = `${'{"a":1,"a":'.repeat(4_000)}1${"}".repeat(4_000)}`;
  const { repeated } = scanKeys(deep);
  expect(repeated).toHaveLength(4_000);
  expect(Math.max(...repeated.map((problem) => problem.length))).toBeLessThan(50);
});

it("of very many problems the first hundred are named, and how many more there are", () => {
  const value = JSON.stringify({
    rooms: Object.fromEntries(codes.slice(0, 3_000).map((code) => [code, 1])),
  });
  const parsed = parseLine(value);
  const problems = parsed.ok ? [] : parsed.error;
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toBe("and 2900 more problems");
});
