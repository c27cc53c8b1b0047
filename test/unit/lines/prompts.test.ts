import { describe, expect, it } from "vitest";
import {
  apologyNcco,
  conferenceNcco,
  greetingMs,
  refusalNcco,
  type Refusal,
  type Stay,
} from "../../../src/lines/prompts.ts";
import type { Room } from "../../../src/lines/room.ts";

const RECORDING_URL = "https://bridge.example.com/webhooks/recording?conference=standup";

const STAY: Stay = {
  recordingUrl: null,
  holdMusicUrl: "https://bridge.example.com/hold-music.mp3",
  role: "guest",
  others: null,
  operatorEnds: false,
};

const wire = (room: Room, recordingUrl: string | null = null): unknown =>
  conferenceNcco(room, { ...STAY, recordingUrl });

describe("conferenceNcco", () => {
  it("is exactly the documented one for a plain line", () => {
    expect(JSON.stringify(conferenceNcco({ conference: "standup" }, STAY))).toBe(
      '[{"action":"talk","text":"Please wait while we connect you to the conference"},{"action":"conversation","name":"standup"}]',
    );
  });

  it("carries every option of a line, as real booleans and an array of one address", () => {
    const line = {
      conference: "standup",
      greeting: "Welcome.",
      language: "en-GB",
      style: 0,
      premium: false,
      startOnEnter: false,
      endOnExit: true,
      musicOnHoldUrl: "https://a.example/hold.mp3",
      record: true,
      mute: true,
    };
    expect(wire(line, RECORDING_URL)).toEqual([
      {
        action: "talk",
        text: "Welcome. This conference is being recorded.",
        language: "en-GB",
        style: 0,
        premium: false,
      },
      {
        action: "conversation",
        name: "standup",
        startOnEnter: false,
        endOnExit: true,
        musicOnHoldUrl: ["https://a.example/hold.mp3"],
        record: true,
        mute: true,
        eventUrl: [RECORDING_URL],
        eventMethod: "POST",
      },
    ]);
  });

  it.each(["startOnEnter", "endOnExit", "record", "mute"])("keeps %s: false", (option) => {
    expect(wire({ conference: "a", [option]: false }, null)).toEqual([
      expect.anything(),
      { action: "conversation", name: "a", [option]: false },
    ]);
  });

  it("names no recording address where nothing is recorded", () => {
    expect(wire({ conference: "a", record: false }, RECORDING_URL)).toEqual(
      wire({ conference: "a", record: false }, null),
    );
  });

  it.each(["", "<>"])(
    "says nothing where the greeting is %j, rather than an empty text",
    (greeting) => {
      expect(wire({ conference: "a", greeting }, null)).toEqual([
        { action: "conversation", name: "a" },
      ]);
    },
  );

  it("never ends with anything but the conversation", () => {
    expect(conferenceNcco({ conference: "a", greeting: "Hi" }, STAY).at(-1)).toMatchObject({
      action: "conversation",
    });
  });
});

describe("what a caller is told who is not put through", () => {
  const refusals: Refusal[] = ["unknown-number", "misconfigured-line", "line-unavailable"];

  it.each(refusals)("is one sentence or more for %s, and nothing else", (refusal) => {
    expect(refusalNcco(refusal)).toEqual([
      { action: "talk", text: expect.stringMatching(/^[A-Z][^<>]{20,}\.$/) },
    ]);
  });

  it("differs from reason to reason", () => {
    const texts = refusals.map((refusal) => JSON.stringify(refusalNcco(refusal)));
    expect(new Set(texts).size).toBe(refusals.length);
  });

  it("is a fixed apology where nothing is known", () => {
    expect(apologyNcco()).toEqual([{ action: "talk", text: expect.stringContaining("sorry") }]);
  });
});

describe("greetingMs", () => {
  it.each([
    [{ greeting: "" }, 0],
    [{ greeting: "a".repeat(60) }, 5_000],
    [{}, 4_167],
  ])("goes by what the caller hears: %j takes %i milliseconds", (options, ms) => {
    expect(greetingMs({ conference: "a", ...options })).toBe(ms);
  });
});
