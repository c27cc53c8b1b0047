import { describe, expect, it } from "vitest";
import { isObject, parseBody, parseQuery, withoutDigits } from "../../../src/vonage/payload.ts";
import { CALLER, DIGITS, EVENTS, LEG } from "../../fixtures/events.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("parseBody", () => {
  it("reads a JSON object", () => {
    expect(parseBody(bytes('{"uuid":"a","n":null}'))).toEqual({
      ok: true,
      value: { uuid: "a", n: null },
    });
  });

  it("reads a body that begins with a byte order mark", () => {
    expect(parseBody(bytes('\ufeff{"uuid":"a"}'))).toEqual({ ok: true, value: { uuid: "a" } });
  });

  it("reads a form, in which objects are JSON texts", () => {
    const form = bytes("uuid=a+b&dtmf=%7B%22digits%22%3A%2212%22%7D&from=%2B1&empty=");
    expect(parseBody(form, true)).toEqual({
      ok: true,
      value: { uuid: "a b", dtmf: { digits: "12" }, from: "+1", empty: "" },
    });
  });

  it("reads JSON that is called a form as JSON", () => {
    expect(parseBody(bytes(' {"uuid":"a"}'), true)).toEqual({ ok: true, value: { uuid: "a" } });
    expect(parseBody(bytes('["a"]'), true)).toEqual({ ok: false, error: "not a JSON object" });
    expect(parseBody(bytes("{"), true)).toEqual({ ok: false, error: "not JSON" });
  });

  it("refuses a form that is no UTF-8, or nests too deeply", () => {
    expect(parseBody(Uint8Array.of(0x61, 0x3d, 0xff), true)).toMatchObject({ error: "not UTF-8" });
    const deep = new URLSearchParams({ a: nested(40) }).toString();
    expect(parseBody(bytes(deep), true)).toMatchObject({ error: "nested too deeply" });
  });

  it("takes no name of a form for a prototype", () => {
    const read = parseBody(bytes("__proto__=%7B%22uuid%22%3A%22a%22%7D"), true);
    expect(read.ok && read.value["uuid"]).toBeUndefined();
  });

  it.each(["[]", '[{"uuid":"a"}]', '"text"', "null", "true", "5"])(
    "refuses %s, which is no object",
    (body) => {
      expect(parseBody(bytes(body))).toEqual({ ok: false, error: "not a JSON object" });
    },
  );

  it.each(["", " ", "{", "{'a':1}", '{"a":1}{"b":2}', "uuid=a&to=1", "NaN"])(
    "refuses %j, which is no JSON",
    (body) => {
      expect(parseBody(bytes(body))).toEqual({ ok: false, error: "not JSON" });
    },
  );

  it.each([
    ["a lone continuation byte", [0x7b, 0x80, 0x7d]],
    ["a cut-off character", [0x22, 0xe2, 0x82]],
    ["an overlong form", [0xc0, 0xaf]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00]],
  ])("refuses %s, which is no UTF-8", (_, body) => {
    expect(parseBody(Uint8Array.from(body))).toEqual({ ok: false, error: "not UTF-8" });
  });

  it("takes nesting far deeper than any real webhook's", () => {
    expect(parseBody(bytes(nested(32))).ok).toBe(true);
  });

  it.each([33, 1_000, 20_000])("refuses objects nested %i deep", (depth) => {
    expect(parseBody(bytes(nested(depth)))).toEqual({ ok: false, error: "nested too deeply" });
  });

  it("refuses arrays nested 20,000 deep", () => {
    const body = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    expect(parseBody(bytes(body))).toEqual({ ok: false, error: "nested too deeply" });
  });

  it("keeps a key named __proto__ from becoming a prototype", () => {
    const parsed = parseBody(bytes('{"__proto__":{"status":"completed"},"uuid":"a"}'));
    expect(parsed.ok && parsed.value["status"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["status"]).toBeUndefined();
  });
});

const parse = (query: string): unknown => parseQuery(new URLSearchParams(query));

describe("parseQuery", () => {
  it("reads every parameter as text", () => {
    expect(parse("uuid=a&duration=7&rate=&start_time=null")).toEqual({
      ok: true,
      value: { uuid: "a", duration: "7", rate: "", start_time: "null" },
    });
  });

  it("reads nested objects, which the carrier writes as JSON text", () => {
    expect(parse("dtmf=%7B%22digits%22:%223%22,%22timed_out%22:true%7D&headers=%7B%7D")).toEqual({
      ok: true,
      value: { dtmf: { digits: "3", timed_out: true }, headers: {} },
    });
  });

  it("keeps text that only looks like JSON", () => {
    expect(parse("from=%7Balice&to=%5Bbob")).toEqual({
      ok: true,
      value: { from: "{alice", to: "[bob" },
    });
  });

  it("reads a space for a plus sign", () => {
    expect(parse("from=+14845552121")).toEqual({ ok: true, value: { from: " 14845552121" } });
  });

  it("reads an empty query as an empty object", () => {
    expect(parse("")).toEqual({ ok: true, value: {} });
  });

  it("keeps a parameter named __proto__ from becoming a prototype", () => {
    const parsed = parseQuery(new URLSearchParams('__proto__={"status":"completed"}&uuid=a'));
    expect(parsed.ok && parsed.value["status"]).toBeUndefined();
  });

  it("refuses what is nested too deeply", () => {
    const query = new URLSearchParams({ body: nested(20_000) });
    expect(parseQuery(query)).toEqual({ ok: false, error: "nested too deeply" });
  });
});

describe("isObject", () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    ["{}", false],
    [1, false],
  ])("says of %j: %j", (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});

const rtc = (body: unknown) => ({ type: "audio:dtmf", body });

const deep = (levels: number): string => `${"[".repeat(levels)}7777${"]".repeat(levels)}`;

describe("withoutDigits", () => {
  it.each([
    ["the documented input", { dtmf: { digits: DIGITS, timed_out: true } }],
    ["digits as a number", { dtmf: { digits: Number(DIGITS) } }],
    ["digits one by one", { dtmf: { digits: Array.from(DIGITS) } }],
    ["the old input", { dtmf: DIGITS, timed_out: true }],
    ["the old input as a number", { dtmf: Number(DIGITS) }],
    ["a list of inputs", { dtmf: [{ digits: DIGITS }] }],
    ["an input as JSON text", { dtmf: JSON.stringify({ digits: DIGITS }) }],
    ["an RTC event", rtc({ digit: DIGITS, duration: 100 })],
    ["an RTC event with a number", rtc({ digit: Number(DIGITS) })],
    ["an RTC event with several digits", rtc({ digits: DIGITS })],
    ["an RTC event as JSON text", rtc(JSON.stringify({ digit: DIGITS }))],
    ["an RTC event with an input in it", rtc({ dtmf: { digits: DIGITS } })],
    ["an RTC event without a body", { type: "audio:dtmf", digit: DIGITS }],
  ])("leaves no entered digit in %s", (_, payload) => {
    const left = JSON.stringify(withoutDigits({ uuid: LEG, ...payload }));
    expect(left.replaceAll(/[",\\]/g, "")).not.toContain(DIGITS);
    expect(left).toContain(LEG);
  });

  it.each(EVENTS)("leaves no entered digit in a $name, and keeps who it was of", ({ payload }) => {
    const left = JSON.stringify(withoutDigits(payload));
    expect(left).not.toContain(DIGITS);
    expect(left.includes(CALLER)).toBe(JSON.stringify(payload).includes(CALLER));
  });

  it("keeps all else of an input", () => {
    const payload = { dtmf: { digits: DIGITS, timed_out: true }, uuid: LEG, timestamp: null };
    expect(withoutDigits(payload)).toMatchObject({
      dtmf: { timed_out: true },
      uuid: LEG,
      timestamp: null,
    });
  });

  it("leaves nothing of JSON text that is nested deeper than any real one", () => {
    expect(withoutDigits({ note: deep(30_000), dtmf: deep(30_000) })).toEqual({
      note: "",
      dtmf: "",
    });
    expect(JSON.stringify(withoutDigits({ dtmf: deep(20) }))).not.toContain("7");
  });

  it("changes nothing of a webhook without an input", () => {
    const payload = { uuid: LEG, status: "started", headers: {}, body: { a: 1 } };
    expect(withoutDigits(payload)).toEqual(payload);
  });

  it("leaves its argument as it was", () => {
    const payload = { dtmf: { digits: DIGITS } };
    withoutDigits(payload);
    expect(payload).toEqual({ dtmf: { digits: DIGITS } });
  });
});
