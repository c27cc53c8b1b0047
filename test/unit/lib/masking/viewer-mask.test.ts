import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import document from "../../../../src/contract/openapi.json" with { type: "json" };
import { maskedForViewer } from "../../../../src/lib/masking/viewer-mask.ts";
import { EVENTS, LEG, LINE, payloadOf } from "../../../fixtures/events.ts";

const NUMBER = "447700900123";
const TIME = "2020-07-01T20:45:34.796Z";

describe("what a viewer sees", () => {
  it.each([
    [{ caller: NUMBER }, { caller: "***23" }],
    [{ caller: "sip:alice@example.com" }, { caller: "***om" }],
    [{ caller: null }, { caller: null }],
    [{ caller: "" }, { caller: "" }],
    [{ to: [NUMBER, "+14155550100"] }, { to: ["***23", "***00"] }],
    [{ from: { type: "phone", number: NUMBER } }, { from: { type: "***ne", number: "***23" } }],
    [{ from: 447_700_900_123 }, { from: "***23" }],
    [{ headers: { "X-Name": "Alice" } }, { headers: { "X-Name": "***ce" } }],
    [{ body: { "SipHeader_X-Name": "Alice" } }, { body: { "***1": "***ce" } }],
    [{ from: { type: "phone" } }, { from: { type: "***ne" } }],
    [{ line: { allow: ["4930"], deny: [] } }, { line: { allow: ["***30"], deny: [] } }],
    [{ detail: "refused: +44 (7700) 900-123." }, { detail: "refused: +***23." }],
    [{ errors: [`${NUMBER}: no`] }, { errors: ["***23: no"] }],
    [
      { body: { odd: 447_700_900_123, sip_code: 486 } },
      { body: { "***1": "***23", sip_code: 486 } },
    ],
    [{ body: { [NUMBER]: 1, Alice: 2 } }, { body: { "***1": "***", "***2": "***" } }],
    [{ body: { text: `{"from":"${NUMBER}"}` } }, { body: { text: '***"}' } }],
    [{ body: { status: "Alice left" } }, { body: { status: "***ft" } }],
    [
      { status: "Alice left", reason: "Alice" },
      { status: "***ft", reason: "***ce" },
    ],
    [
      { kind: "error", body: { reason: "no sip:al@x.example" } },
      { kind: "error", body: { reason: "***le" } },
    ],
    [
      { detail: "the carrier answered 400: “Alice is unknown”" },
      { detail: "the carrier answered 400: “***”" },
    ],
    [{ detail: "An open “quote of Alice" }, { detail: "An open “***”" }],
    [{ detail: "no “Alice” <sip:alice@pbx.example.com>;tag" }, { detail: "no “***” ***;tag" }],
    [
      { subject: "alice@example.com", id: "x:alice@example.com" },
      { subject: "***", id: "x:***" },
    ],
    [{ detail: "from 4477‑0090–0123 (４４７７００９００１２３)" }, { detail: "from ***23)" }],
    [{ detail: "from 4\u200b4\u20607\u00a07 00 900123" }, { detail: "from ***23" }],
    [
      { line: { musicOnHoldUrl: "https://u:p@x.example/a.mp3?token=s" } },
      { line: { musicOnHoldUrl: "https://x.example/a.mp3?***" } },
    ],
    [
      { ncco: [{ eventUrl: ["https://x.example/webhooks/recording?conference=a&code=0f"] }] },
      { ncco: [{ eventUrl: ["https://x.example/webhooks/recording?***"] }] },
    ],
    [{ value: '{"conference":"a","deny":["49"]}' }, { value: '{"conference":"a","deny":["***"]}' }],
  ])("of %j is %j", (value, shown) => {
    expect(maskedForViewer(value)).toEqual(shown);
  });

  it.each([
    { leg: LEG, line: LINE, number: LINE, key: `+${LINE}`, next: LINE },
    { leg: "12345678", dial: "14b57aba-9a2b-4b3a-9911-2a7c97babdb8", left: ["12345678"] },
    { batch: "20781-fdfd91040ec54fa3bf97b762b5c376c1" },
    { name: "12345678", conference: "12345678", value: "12345678" },
    { id: `unknown-number ${LINE}`, subject: LINE },
    { asOf: TIME, from: TIME, to: TIME, steps: [[1_593_636_334_796, 3]] },
    {
      seq: 123_456,
      body: {
        uuid: LEG,
        conversation_uuid: "CON-e386914b-4819-41f3-9b3d-a9bfd0838d68",
        timestamp: TIME,
        status: "completed",
        disconnected_by: "user",
        type: "audio:mute:on",
        duration: "7",
      },
    },
    { detail: `leg ${LEG} of ${TIME} in CON-e386914b-4819-41f3-9b3d-a9bfd0838d68` },
    { webhooks: { answer: "http://127.0.0.1:8787/webhooks/answer" } },
    { ncco: [{ action: "input", eventUrl: ["http://127.0.0.1:8787/webhooks/input"] }] },
    { kind: "admission", body: { line: LINE, role: "guest", admission: "checked" } },
    { phase: "gone", reason: "no sign of life", status: "busy" },
    { line: { hours: { timeZone: "Europe/London", open: { mon: ["09:00-17:00"] } } } },
    { line: { prompts: { full: "We are full.", "ask-code": "Which room?" }, language: "en-GB" } },
    { line: { pin: "***", rooms: [{ code: "***", conference: "a" }] } },
    { count: 12_345, live: true, endedAt: null },
  ])("is all of %j", (value) => {
    expect(maskedForViewer(value)).toEqual(value);
  });

  it("tells problems apart whose words it hides", () => {
    const ids = ["x:“Ann”", "x:“Ben”", "x:“Ann”"].map((id) => maskedForViewer({ id }).id);
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids[0]).toBe(ids[2]);
    for (const id of ids) expect(id).toMatch(/^x:“\*{3}”\w+$/);
    expect(maskedForViewer({ id: ids[0] })).toEqual({ id: ids[0] });
  });

  it("does not go down without end, whatever is nested in whatever", () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    expect(JSON.stringify(maskedForViewer({ body: { deep } }))).toContain("***");
  });
});

/** One value for each key of the API's description: each of its words, and a time, number or boolean. */
function described(): [key: string, value: unknown][] {
  const found: [string, unknown][] = [];
  const visit = (key: string, schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    const {
      enum: words,
      const: only,
      type,
      format,
      properties,
      items,
      oneOf,
      allOf,
    } = schema as {
      [name: string]: unknown;
    };
    for (const value of [...((words as unknown[] | undefined) ?? []), only]) {
      if (value !== undefined) found.push([key, value]);
    }
    const types = [type].flat();
    if (format === "date-time") found.push([key, TIME]);
    if (types.includes("boolean")) found.push([key, true]);
    if (types.includes("integer")) found.push([key, 447_700_900]);
    for (const [name, inner] of Object.entries(properties ?? {})) visit(name, inner);
    for (const inner of [items, oneOf, allOf].flat()) visit(key, inner);
  };
  for (const schema of Object.values(document.components.schemas)) visit("", schema);
  return found;
}

it("shows all words, times, numbers and truths that the API's description promises", () => {
  const promised = described().filter(([key]) => key !== "");
  expect(promised.length).toBeGreaterThan(150);
  for (const [key, value] of promised) {
    expect(maskedForViewer({ [key]: value })).toEqual({ [key]: value });
    expect(maskedForViewer({ [key]: [value] })).toEqual({ [key]: [value] });
  }
});

/** The ways in which a number may be written. */
const WRITTEN: ((digits: string) => string | number)[] = [
  (digits) => digits,
  (digits) => `+${digits}`,
  (digits) => `+${digits.slice(0, 2)} (${digits.slice(2, 3)}) ${digits.slice(3)}`,
  (digits) => digits.split("").join("-"),
  (digits) => `sip:${digits}@sip.example.com`,
  (digits) => `sip:u${digits}x@sip.example.com;user=phone`,
  (digits) => `tel:%2B${digits}`,
  (digits) => `The call from ${digits} was refused (2020-07-01).`,
  (digits) => Number(digits),
  (digits) => digits.split("").join("–"),
  (digits) => digits.split("").join("\u200b "),
  (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (digits) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  (digits) => digits.replace(/\d/g, "$&\ufe0f\u20e3"),
];

/** Every kind of API answer, with `caller` in each place where a caller can occur. */
const ANSWERS: ((caller: string | number) => unknown)[] = [
  (caller) => ({ name: "standup", participants: [{ leg: LEG, caller, line: LINE, leftAt: TIME }] }),
  (caller) => ({ type: "delta", participants: [{ leg: LEG, caller, line: LINE }], left: [LEG] }),
  (caller) => ({ leg: LEG, participant: { leg: LEG, caller, line: LINE, reason: String(caller) } }),
  (caller) => ({
    events: [{ seq: 1, leg: LEG, status: String(caller), body: { caller, line: LINE } }],
  }),
  (caller) => ({
    events: [{ body: { from: LINE, to: caller, detail: caller, [caller]: caller } }],
  }),
  (caller) => ({ events: [{ body: { odd: [{ number: caller, name: caller, leg: caller }] } }] }),
  (caller) => ({ events: [{ body: { payload: JSON.stringify({ number: caller }) } }] }),
  (caller) => ({ batch: "20781-x", jobs: [{ kind: "dial", to: caller, detail: String(caller) }] }),
  (caller) => ({
    lines: [{ number: LINE, value: JSON.stringify({ allow: [caller] }), line: null }],
  }),
  (caller) => ({ number: LINE, value: null, line: { allow: [caller], deny: [caller] } }),
  (caller) => ({ problems: [{ subject: LINE, detail: String(caller), count: 1 }] }),
  (caller) => ({
    title: "Forbidden",
    status: 403,
    detail: String(caller),
    errors: [String(caller)],
  }),
  ...EVENTS.map((event) => (caller: string | number) => {
    const body = JSON.stringify(payloadOf(event, LEG));
    const said = JSON.stringify(caller);
    return { events: [{ leg: LEG, body: JSON.parse(body.replaceAll('"14845552121"', said)) }] };
  }),
];

/** The digits of the text in ASCII, without anything between them. */
const digitsAlone = (value: unknown): string =>
  (JSON.stringify(value) ?? "")
    .normalize("NFKC")
    .replace(/[\u0660-\u0669]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x660))
    .replace(/[^\p{L}\p{N}"]/gu, "");

describe("a caller's number", () => {
  it("is in nothing that a viewer gets, however it is written and wherever it stands", () => {
    const digits = fc.stringMatching(/^[1-9]\d{4,14}$/);
    const somewhere = fc.constantFrom(...ANSWERS);
    fc.assert(
      fc.property(digits, fc.constantFrom(...WRITTEN), somewhere, (number, written, answer) => {
        fc.pre(!digitsAlone(maskedForViewer(answer("x"))).includes(number));
        const shown = maskedForViewer(answer(written(number)));
        expect(digitsAlone(shown)).not.toContain(number);
        expect(maskedForViewer(shown)).toEqual(shown);
        if (JSON.stringify(answer("x")).includes(LEG)) expect(JSON.stringify(shown)).toContain(LEG);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("what a payload holds", () => {
  const NAME = "Wilhelmina";

  it("shows neither a number nor a name, at any depth and under any key", () => {
    const planted = fc.constantFrom(
      NUMBER,
      Number(NUMBER),
      NAME,
      `${NAME} <sip:${NUMBER}@pbx.example.com>`,
      `{"name":"${NAME}","number":"${NUMBER}"}`,
      `${NAME.toLowerCase()}@example.com`,
      "4477 0090 0123",
    );
    const key = fc.oneof(fc.constantFrom(...KEYS), fc.constantFrom(NUMBER, NAME), fc.string());
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        planted,
        fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
        fc.array(tie("tree"), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom("status", "rtc", "error", "unknown"), (body, kind) => {
        const shown = JSON.stringify(
          maskedForViewer({ events: [{ seq: 1, leg: LEG, kind, body }] }),
        );
        expect(digitsAlone(shown)).not.toContain(NUMBER.slice(2, 9));
        expect(shown.toLowerCase()).not.toContain(NAME.toLowerCase());
        expect(shown).toContain(LEG);
      }),
      { numRuns: 500 },
    );
  });

  /** The carrier's keys, and ours, which a forged webhook may use. */
  const KEYS = [
    ...new Set(EVENTS.flatMap(({ payload }) => Object.keys(payload))),
    "body",
    "channel",
    "id",
    "headers",
    "caller",
    "line",
    "conference",
    "name",
    "prompts",
    "open",
    "value",
    "detail",
    "subject",
    "musicOnHoldUrl",
    "__proto__",
    "role",
    "admission",
  ];
});
