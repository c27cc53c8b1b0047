import { describe, expect, it } from "vitest";
import { parseNcco } from "../../../simulator/ncco/ncco.ts";

const JSON_TYPE = "application/json; charset=UTF-8";
const TALK = { action: "talk", text: "Please wait." };
const CONVERSATION = { action: "conversation", name: "standup" };

describe("the carrier's reading of an NCCO", () => {
  it("accepts a talk and a conversation with every option", () => {
    const actions = [
      {
        ...TALK,
        language: "en-GB",
        style: 0,
        premium: false,
        loop: 1,
        level: -0.5,
        bargeIn: false,
      },
      {
        ...CONVERSATION,
        startOnEnter: false,
        endOnExit: false,
        record: true,
        mute: true,
        musicOnHoldUrl: ["https://example.com/hold.mp3"],
        eventUrl: ["https://example.com/webhooks/recording"],
        eventMethod: "POST",
        transcription: { language: "en-GB" },
      },
    ];
    expect(parseNcco(JSON_TYPE, JSON.stringify(actions))).toEqual({ ok: true, actions });
  });

  it.each([
    { action: "stream", streamUrl: ["https://example.com/a.mp3"], loop: 0, level: 0.4 },
    { action: "wait", timeout: 30 },
    {
      action: "input",
      type: ["dtmf", "speech"],
      dtmf: { timeOut: 10, maxDigits: 20, submitOnHash: true },
      speech: { endOnSilence: 0.4, language: "en-GB", startTimeout: 1, maxDuration: 60 },
      eventUrl: ["https://example.com/input"],
    },
    { action: "input", type: ["dtmf"], mode: "asynchronous" },
    { action: "record", format: "wav", split: "conversation", channels: 32, endOnKey: "#" },
    { action: "notify", payload: { step: 1 }, eventUrl: ["https://example.com/step"] },
    { action: "connect", endpoint: [{ type: "phone", number: "447700900002" }], timeout: 30 },
    { action: "connect", endpoint: [{ type: "sip", uri: "sip:a@example.com" }], limit: 60 },
    { action: "transfer", conversationId: "CON-1", canHear: [] },
  ])("accepts $action", (action) => {
    expect(parseNcco(JSON_TYPE, JSON.stringify([action])).ok).toBe(true);
  });

  it.each([
    ["another content type", "text/html", [TALK]],
    ["no array", JSON_TYPE, TALK],
    ["no action", JSON_TYPE, []],
    ["an action that is no object", JSON_TYPE, ["talk"]],
    ["an unknown action", JSON_TYPE, [{ action: "sing" }]],
    ["an unknown option", JSON_TYPE, [{ ...CONVERSATION, musicOnHold: "x" }]],
    ["a talk without text", JSON_TYPE, [{ action: "talk" }]],
    ["tags outside of SSML", JSON_TYPE, [{ ...TALK, text: "a <break/> b" }]],
    ["a text that is too long", JSON_TYPE, [{ ...TALK, text: "a".repeat(1501) }]],
    ["a language that is none", JSON_TYPE, [{ ...TALK, language: "xx-YY" }]],
    ["a language without its region", JSON_TYPE, [{ ...TALK, language: "de" }]],
    ["a language in other letters", JSON_TYPE, [{ ...TALK, language: "en-gb" }]],
    ["an ampersand in SSML", JSON_TYPE, [{ ...TALK, text: "<speak>a & b</speak>" }]],
    ["crossed tags in SSML", JSON_TYPE, [{ ...TALK, text: "<speak><b><i>a</b></i></speak>" }]],
    ["a bare value in SSML", JSON_TYPE, [{ ...TALK, text: "<speak>a<break time=1s/></speak>" }]],
    ["a conversation without a name", JSON_TYPE, [{ action: "conversation" }]],
    ["a boolean as a string", JSON_TYPE, [{ ...CONVERSATION, startOnEnter: "false" }]],
    ["a URL outside of an array", JSON_TYPE, [{ ...CONVERSATION, eventUrl: "https://a.example" }]],
    ["mute with canSpeak", JSON_TYPE, [{ ...CONVERSATION, mute: true, canSpeak: [] }]],
    [
      "a stream of two files",
      JSON_TYPE,
      [{ action: "stream", streamUrl: ["https://a.b", "https://a.c"] }],
    ],
    ["a wait of a second", JSON_TYPE, [{ action: "wait", timeout: 1 }]],
    ["an input without a type", JSON_TYPE, [{ action: "input", dtmf: {} }]],
    ["21 digits", JSON_TYPE, [{ action: "input", type: ["dtmf"], dtmf: { maxDigits: 21 } }]],
    [
      "digits settings of an asynchronous input",
      JSON_TYPE,
      [{ action: "input", type: ["dtmf"], mode: "asynchronous", dtmf: { maxDigits: 4 } }],
    ],
    ["33 channels", JSON_TYPE, [{ action: "record", channels: 33 }]],
    ["a notify without a URL", JSON_TYPE, [{ action: "notify", payload: {} }]],
    ["a connect to two", JSON_TYPE, [{ action: "connect", endpoint: [{}, {}] }]],
    [
      "a connect to a carrier pigeon",
      JSON_TYPE,
      [{ action: "connect", endpoint: [{ type: "pigeon" }] }],
    ],
    [
      "a connect to a name",
      JSON_TYPE,
      [{ action: "connect", endpoint: [{ type: "phone", number: "Bob" }] }],
    ],
    ["a transfer to a name", JSON_TYPE, [{ action: "transfer", conversationId: "standup" }]],
    ["the retired pay", JSON_TYPE, [{ action: "pay", amount: 9.99 }]],
    ["one bad action among good ones", JSON_TYPE, [TALK, { ...CONVERSATION, record: 1 }]],
  ])("refuses %s", (_, contentType, body) => {
    expect(parseNcco(contentType, JSON.stringify(body)).ok).toBe(false);
  });

  it("does not count SSML tags as spoken", () => {
    const text = `<speak>${'<break time="1s"/>'.repeat(200)}Hello.</speak>`;
    expect(parseNcco(JSON_TYPE, JSON.stringify([{ ...TALK, text }])).ok).toBe(true);
  });
});
