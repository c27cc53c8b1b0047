import { describe, expect, it } from "vitest";
import { parseNcco } from "../../simulator/ncco.ts";

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
    ["another content type", "text/html", [TALK]],
    ["no array", JSON_TYPE, TALK],
    ["no action", JSON_TYPE, []],
    ["an action that is no object", JSON_TYPE, ["talk"]],
    ["an unknown action", JSON_TYPE, [{ action: "sing" }]],
    ["an unknown option", JSON_TYPE, [{ ...CONVERSATION, musicOnHold: "x" }]],
    ["a talk without text", JSON_TYPE, [{ action: "talk" }]],
    ["tags outside of SSML", JSON_TYPE, [{ ...TALK, text: "a <break/> b" }]],
    ["a text that is too long", JSON_TYPE, [{ ...TALK, text: "a".repeat(1501) }]],
    ["a conversation without a name", JSON_TYPE, [{ action: "conversation" }]],
    ["a boolean as a string", JSON_TYPE, [{ ...CONVERSATION, startOnEnter: "false" }]],
    ["a URL outside of an array", JSON_TYPE, [{ ...CONVERSATION, eventUrl: "https://a.example" }]],
    ["mute with canSpeak", JSON_TYPE, [{ ...CONVERSATION, mute: true, canSpeak: [] }]],
    ["one bad action among good ones", JSON_TYPE, [TALK, { ...CONVERSATION, record: 1 }]],
  ])("refuses %s", (_, contentType, body) => {
    expect(parseNcco(contentType, JSON.stringify(body)).ok).toBe(false);
  });

  it("does not count SSML tags as spoken", () => {
    const text = `<speak>${'<break time="1s"/>'.repeat(200)}Hello.</speak>`;
    expect(parseNcco(JSON_TYPE, JSON.stringify([{ ...TALK, text }])).ok).toBe(true);
  });
});
