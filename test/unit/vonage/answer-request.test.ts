import { describe, expect, it } from "vitest";
import {
  failedWebhook,
  isErrorReport,
  parseAnswerRequest,
} from "../../../src/vonage/answer-request.ts";
import { parseQuery } from "../../../src/vonage/payload.ts";

const DOCUMENTED = {
  from: "442079460000",
  to: "447700900000",
  uuid: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
  conversation_uuid: "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
};

describe("parseAnswerRequest", () => {
  it("reads the documented POST, with fields that it does not know", () => {
    const payload = {
      ...DOCUMENTED,
      endpoint_type: "phone",
      region_url: "https://api-eu-3.vonage.com",
      "SipHeader_X-UserId": "1938ND9",
      custom_data: { a: 1 },
    };
    expect(parseAnswerRequest(payload)).toEqual({
      leg: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
      number: "447700900000",
      caller: "442079460000",
      origin: "CON-aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
      regionUrl: "https://api-eu-3.vonage.com",
    });
  });

  it("reads the GET that the carrier was recorded to send", () => {
    const query = parseQuery(
      new URLSearchParams(
        "to=16105553939&from=14845552121&conversation_uuid=CON-2541d01c-253e-48be-a8e0-da4bbe4c3722&uuid=0A0000000123ABCD1",
      ),
    );
    expect(query.ok && parseAnswerRequest(query.value)).toEqual({
      leg: "0A0000000123ABCD1",
      number: "16105553939",
      caller: "14845552121",
      origin: "CON-2541d01c-253e-48be-a8e0-da4bbe4c3722",
      regionUrl: null,
    });
  });

  it.each([
    ["a leading space", { from: " 442079460000" }, "442079460000"],
    ["a withheld number", { from: "Unknown" }, "Unknown"],
    ["a number that is not text", { from: 442_079_460_000 }, "442079460000"],
    ["a Client SDK user", { from: undefined, from_user: "alice" }, "alice"],
    ["a Client SDK user beside null", { from: null, from_user: "alice" }, "alice"],
    ["a SIP address", { from: "sip:bob@example.com" }, "sip:bob@example.com"],
    ["nobody", { from: undefined }, ""],
    ["an object", { from: { number: "1" } }, ""],
    ["white space", { from: "  " }, ""],
  ])("reads the caller who is %s", (_, fields, caller) => {
    expect(parseAnswerRequest({ ...DOCUMENTED, ...fields }).caller).toBe(caller);
  });

  it.each([
    ["with punctuation", "+44 7700 900-000", "447700900000"],
    ["after a plus that a query made a space", " 447700900000", "447700900000"],
    ["that is not text", 447_700_900_000, "447700900000"],
    ["that is a SIP address", "sip:Standup@sip.example.com", "standup"],
    ["that is missing", undefined, "*"],
    ["that is null", null, "*"],
    ["that is empty", "", "*"],
    ["that is an array", ["447700900000"], "*"],
    ["that is enormous", "4".repeat(10_000), "*"],
  ])("finds the line of a called number %s", (_, to, number) => {
    expect(parseAnswerRequest({ ...DOCUMENTED, to }).number).toBe(number);
  });

  it.each([undefined, null, "", 5, {}, [], "a".repeat(256)])("knows no leg %j", (uuid) => {
    expect(parseAnswerRequest({ ...DOCUMENTED, uuid }).leg).toBeNull();
  });

  it("keeps a leg as it is written", () => {
    expect(parseAnswerRequest({ ...DOCUMENTED, uuid: " 0A-ä " }).leg).toBe(" 0A-ä ");
  });

  it("reads nothing from an empty webhook", () => {
    expect(parseAnswerRequest({})).toEqual({
      leg: null,
      number: "*",
      caller: "",
      origin: null,
      regionUrl: null,
    });
  });
});

describe("isErrorReport", () => {
  const REPORT = { conversation_uuid: "CON-a", reason: "Syntax error in NCCO." };

  it.each([
    ["the report", REPORT],
    ["one with the fields that it lacks left empty", { ...REPORT, to: "", uuid: null }],
  ])("knows %s", (_, payload) => {
    expect(isErrorReport(payload)).toBe(true);
  });

  it.each([
    ["an answer", DOCUMENTED],
    ["an answer with a reason of its own", { ...DOCUMENTED, reason: "a SIP header" }],
    ["a call to nobody", { ...REPORT, uuid: DOCUMENTED.uuid }],
    ["a call that has no id", { ...REPORT, to: DOCUMENTED.to }],
    ["a fallback", { ...REPORT, original_request: { type: "answer" } }],
    ["a report without a reason", { ...REPORT, reason: " " }],
    ["nothing", {}],
  ])("takes %s for none", (_, payload) => {
    expect(isErrorReport(payload)).toBe(false);
  });
});

describe("failedWebhook", () => {
  it.each([
    [
      "an answer",
      { original_request: { url: "https://a/webhooks/answer", type: "answer" } },
      "answer",
    ],
    ["an event", { original_request: { url: "https://a/webhooks/event", type: "event" } }, "event"],
    ["an event in upper case", { original_request: { type: "EVENT" } }, "event"],
    ["nothing that it names", {}, "answer"],
    ["null", { original_request: null }, "answer"],
    ["a list", { original_request: ["event"] }, "answer"],
    ["a text", { original_request: "event" }, "answer"],
    ["a type that it does not know", { original_request: { type: 5 } }, "answer"],
  ])("stands in for %s", (_, payload, expected) => {
    expect(failedWebhook({ ...DOCUMENTED, reason: "Connection closed.", ...payload })).toBe(
      expected,
    );
  });

  it("reads the original request of a GET", () => {
    const query = new URLSearchParams({
      ...DOCUMENTED,
      original_request: JSON.stringify({ url: "https://a/webhooks/event", type: "event" }),
    });
    const payload = parseQuery(query);
    expect(payload.ok && failedWebhook(payload.value)).toBe("event");
  });
});
