/** Checks requests with the simulated carrier, which refuses whatever is not documented. */
import { describe, expect, it } from "vitest";
import {
  changeLeg,
  isAddressable,
  listCalls,
  lookUpLeg,
  makeCall,
  streamToLeg,
  talkToLeg,
  type RestRequest,
} from "../../../../src/vonage/rest/requests.ts";
import { readCommand } from "../../../simulator/rest/routes.ts";

const ORIGIN = "https://api.nexmo.com";
const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";

/** What the carrier makes of a request. */
function read({ method, url, body }: RestRequest): unknown {
  const { origin, pathname, search } = new URL(url);
  expect(origin).toBe(ORIGIN);
  const result = readCommand(
    {
      method,
      target: `${pathname}${search}`,
      authorization: undefined,
      contentType: "application/json",
      body: body === null ? "" : JSON.stringify(body),
    },
    [],
  );
  return result.ok ? result.command : Buffer.from(result.reply.body as Uint8Array).toString();
}

describe("a request", () => {
  it.each([
    ["mute", { kind: "mute", uuid: LEG, on: true }],
    ["unmute", { kind: "mute", uuid: LEG, on: false }],
    ["earmuff", { kind: "earmuff", uuid: LEG, on: true }],
    ["unearmuff", { kind: "earmuff", uuid: LEG, on: false }],
    ["hangup", { kind: "hangup", uuid: LEG }],
  ] as const)("to %s a leg is understood", (action, command) => {
    expect(read(changeLeg(ORIGIN, LEG, action))).toEqual(command);
  });

  it("to play something is understood, without the options that are not given", () => {
    expect(read(talkToLeg(ORIGIN, LEG, { text: "Hello" }))).toEqual({
      kind: "talk",
      uuid: LEG,
      talk: { text: "Hello" },
    });
    const voice = { language: "en-GB", style: 2, premium: true };
    expect(talkToLeg(ORIGIN, LEG, { text: "Hello", ...voice }).body).toEqual({
      text: "Hello",
      ...voice,
    });
    const url = "https://example.com/a.mp3";
    expect(read(streamToLeg(ORIGIN, LEG, url))).toEqual({
      kind: "stream",
      uuid: LEG,
      stream: { url },
    });
  });

  it("to look a leg up, or the calls of a time, is understood", () => {
    expect(read(lookUpLeg(ORIGIN, LEG))).toEqual({ kind: "get", uuid: LEG });
    const since = Date.parse("2026-10-21T10:00:00Z");
    expect(read(listCalls(ORIGIN, since, 100))).toMatchObject({
      kind: "list",
      query: { pageSize: 100, recordIndex: 100, order: "desc", from: since, until: null },
    });
  });

  it("to call somebody is understood", () => {
    const call = {
      to: "+447700900000",
      from: "14155550100",
      answerUrl: "https://example.com/webhooks/answer",
      eventUrl: "https://example.com/webhooks/event",
      hangUpOnMachine: false,
      longestMs: 21_600_000,
    };
    const plain = {
      to: { type: "phone", number: "447700900000" },
      from: "14155550100",
      answerUrl: { url: "https://example.com/webhooks/answer", method: "POST" },
      eventUrl: { url: "https://example.com/webhooks/event", method: "POST" },
      lengthTimerSeconds: 21_600,
    };
    expect(read(makeCall(ORIGIN, call))).toEqual({ kind: "create", call: plain });
    expect(read(makeCall(ORIGIN, { ...call, hangUpOnMachine: true, ringSeconds: 30 }))).toEqual({
      kind: "create",
      call: { ...plain, machineDetection: "hangup", ringingTimerSeconds: 30 },
    });
  });

  it.each([
    [60_000, 60],
    [1_500, 2],
    [1, 1],
    [0, 1],
    [86_400_000, 86_400],
    [172_800_000, 86_400],
  ])("lets a call of %d ms last %d s, which the carrier takes", (longestMs, seconds) => {
    const urls = { answerUrl: "https://example.com/a", eventUrl: "https://example.com/e" };
    const parties = { to: "447700900000", from: "14155550100" };
    const call = { ...parties, ...urls, hangUpOnMachine: false, longestMs };
    expect(read(makeCall(ORIGIN, call))).toMatchObject({ call: { lengthTimerSeconds: seconds } });
  });

  it.each(["../../v2/applications", "a/b", "a?b", "a#b", "%2e%2e", "a b"])(
    "stays with its leg, whatever its id is: %j",
    (leg) => {
      const { pathname, search, hash } = new URL(lookUpLeg(ORIGIN, leg).url);
      expect(pathname).toBe(`/v1/calls/${encodeURIComponent(leg)}`);
      expect(search + hash).toBe("");
    },
  );

  it("cannot be made for the two ids that are a way elsewhere", () => {
    expect([".", "..", "...", LEG].map((leg) => isAddressable(leg))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
