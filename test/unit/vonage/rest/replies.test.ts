import { describe, expect, it } from "vitest";
import { readCall, readPage, refusalReason } from "../../../../src/vonage/rest/replies.ts";
import { callPage } from "../../../simulator/rest/requests/call-object.ts";
import { readListCalls } from "../../../simulator/rest/requests/list-calls.ts";
import { callRecord } from "../../simulator/rest/fake-control.ts";
import { startApi } from "../../simulator/rest/rest-client.ts";

const reply = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
const PARTIES = { to: "14155550100", from: "447700900001" };

describe("a call", () => {
  it.each(["object", "array"] as const)("is read with its parties as %s", (parties) => {
    const asked = readListCalls(new URLSearchParams());
    if (!asked.ok || asked.command.kind !== "list") throw new Error("no list");
    const page = callPage([callRecord("a")], asked.command.query, { linkBase: "", parties });
    expect(readPage(reply(page))).toEqual({
      calls: [{ leg: "a", status: "answered", ...PARTIES }],
      count: 1,
    });
  });

  it("is read from what the carrier shows and makes", async () => {
    const { ask } = startApi();
    const call = {
      to: [{ type: "phone", number: "447700900000" }],
      from: { type: "phone", number: "447700900001" },
      ncco: [{ action: "talk", text: "Hello" }],
    };
    const created = await ask("POST", "/v1/calls", call);
    expect(readCall(reply(created.body))).toMatchObject({ leg: "outbound-1", status: "started" });
    const shown = await ask("GET", "/v1/calls/outbound-1");
    expect(readCall(reply(shown.body))).toMatchObject({ leg: "outbound-1", to: "447700900000" });
  });

  it.each([
    "",
    "<html>",
    "null",
    "[]",
    "{}",
    '{"uuid":""}',
    '{"uuid":1,"status":"x"}',
    '{"count":1}',
  ])("is not read from %j", (body) => {
    expect(readCall({ status: 200, body })).toBeNull();
    expect(readPage({ status: 200, body })).toBeNull();
  });

  it("may be of somebody without a number, and its status in capitals", () => {
    const call = { uuid: "a", status: "ANSWERED", to: { type: "sip", uri: "sip:a@b" } };
    expect(readCall(reply(call))).toEqual({ leg: "a", status: "answered", to: null, from: null });
  });
});

describe("a refusal", () => {
  it.each([
    [
      {
        type: 400,
        title: "Bad Request",
        invalid_parameters: [{ name: "number", reason: "is wrong" }],
      },
      "the carrier answered 400: “Bad Request: number is wrong”",
    ],
    [
      { type: "BAD_REQUEST", error_title: "Bad Request" },
      "the carrier answered 400: “Bad Request”",
    ],
    [
      { title: "Bad Request", detail: "447700900123 cannot be called" },
      "the carrier answered 400: “Bad Request: ***23 cannot be called”",
    ],
    ["<html>", "the carrier answered 400"],
    [null, "the carrier answered 400"],
  ])("of %j reads %j", (body, reason) => {
    expect(refusalReason(reply(body, 400))).toBe(reason);
  });
});
