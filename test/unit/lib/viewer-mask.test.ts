import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskedForViewer } from "../../../src/lib/viewer-mask.ts";
import { EVENTS, LEG, LINE, payloadOf } from "../../fixtures/events.ts";

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
    [{ body: { "SipHeader_X-Name": "Alice" } }, { body: { "SipHeader_X-Name": "***ce" } }],
    [{ line: { allow: ["4930"], deny: [] } }, { line: { allow: ["***30"], deny: [] } }],
    [{ detail: "refused: +44 (7700) 900-123." }, { detail: "refused: +***23." }],
    [{ errors: [`${NUMBER}: no`] }, { errors: ["***23: no"] }],
    [{ body: { odd: 447_700_900_123, small: 1234 } }, { body: { odd: "***23", small: 1234 } }],
    [{ body: { [NUMBER]: 1 } }, { body: { "***23": 1 } }],
    [{ body: { text: `{"from":"${NUMBER}"}` } }, { body: { text: '{"from":"***23"}' } }],
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
      body: { uuid: "12345678", conversation_uuid: "CON-12345678", timestamp: TIME },
    },
    { detail: `leg ${LEG} of ${TIME} in CON-e386914b-4819-41f3-9b3d-a9bfd0838d68` },
    { webhooks: { answer: "http://127.0.0.1:8787/webhooks/answer" } },
    { ncco: [{ action: "input", eventUrl: ["http://127.0.0.1:8787/webhooks/input"] }] },
    { count: 12_345, live: true, endedAt: null },
  ])("is all of %j", (value) => {
    expect(maskedForViewer(value)).toEqual(value);
  });

  it("does not go down without end, whatever is nested in whatever", () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    expect(JSON.stringify(maskedForViewer({ body: { deep } }))).toContain("***");
  });
});

/** However a number is written. */
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
];

/** Everything that the API says, with `caller` wherever one can stand in it. */
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

const digitsAlone = (value: unknown): string =>
  (JSON.stringify(value) ?? "").replace(/[\s()./+-]/g, "");

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
      { numRuns: 3_000 },
    );
  });
});
