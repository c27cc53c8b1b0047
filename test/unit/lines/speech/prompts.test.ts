import { describe, expect, it } from "vitest";
import {
  apologyNcco,
  conferenceNcco,
  invitationNcco,
  promptNcco,
  refusalNcco,
  type Refusal,
  type Stay,
} from "../../../../src/lines/speech/prompts.ts";
import type { Room } from "../../../../src/lines/room.ts";
import { checkNcco } from "../../../simulator/ncco/ncco.ts";

const RECORDING_URL = "https://bridge.example.com/webhooks/recording?conference=standup";

const REFUSALS: Refusal[] = [
  "unknown-number",
  "misconfigured-line",
  "line-unavailable",
  "not-allowed",
  "closed",
  "wrong-code",
  "too-many-tries",
  "full",
  "locked",
  "banned",
  "not-joined",
];

const STAY: Stay = {
  recordingUrl: null,
  holdMusicUrl: "https://bridge.example.com/hold-music.mp3",
  role: "guest",
  others: null,
  operatorEnds: false,
};

describe("promptNcco", () => {
  const URL = "https://bridge.example.com/webhooks/input";

  it("asks, takes digits, and says goodbye where none come", () => {
    expect(promptNcco("code", true, URL, {})).toEqual([
      {
        action: "talk",
        text: "Please enter your conference code, then press the hash key.",
        bargeIn: true,
      },
      {
        action: "input",
        type: ["dtmf"],
        dtmf: { maxDigits: 20, submitOnHash: true, timeOut: 10 },
        eventUrl: [URL],
        eventMethod: "POST",
      },
      { action: "talk", text: "We did not receive your entry. Please call again. Goodbye." },
    ]);
  });

  it.each(["code", "pin", "pin-or-hash"] as const)(
    "says of a wrong %s that it was wrong",
    (kind) => {
      const [first, again] = [true, false].map((isFirst) => promptNcco(kind, isFirst, URL, {}));
      expect(again?.[0]).not.toEqual(first?.[0]);
      expect(again?.slice(1)).toEqual(first?.slice(1));
    },
  );

  it("tells a guest who needs no PIN to press just the hash", () => {
    expect(promptNcco("pin-or-hash", true, URL, {})[0]).toMatchObject({
      text: expect.stringContaining("just press the hash key"),
    });
  });
});

describe("invitationNcco", () => {
  it("names the conference, takes one digit, and says goodbye where none comes", () => {
    const url = "https://bridge.example.com/webhooks/input";
    expect(invitationNcco("town-hall", url, { language: "de-DE" })).toEqual([
      {
        action: "talk",
        text: expect.stringContaining("Konferenz town-hall eingeladen"),
        language: "de-DE",
        bargeIn: true,
      },
      expect.objectContaining({
        action: "input",
        dtmf: { maxDigits: 1, submitOnHash: false, timeOut: 10 },
        eventUrl: [url],
      }),
      expect.objectContaining({ text: expect.stringContaining("nicht mit der Konferenz") }),
    ]);
  });
});

describe("every NCCO", () => {
  const URL = "https://bridge.example.com/webhooks/input";
  const rooms: Room[] = [
    { conference: "a" },
    { conference: "a", greeting: "<speak>Hi &amp; bye</speak>", record: true, announceCount: true },
    { conference: "a", greeting: "a < b", style: 0, premium: false, language: "en-GB" },
    { conference: "a", waitForModerator: true, endWithModerator: true, mute: true, strict: true },
    { conference: "a", startOnEnter: false, endOnExit: false, maxParticipants: 5 },
    { conference: "a", prompts: { full: "No." }, greeting: "" },
  ];

  it.each(["en-US", "es-ES", "fr-FR", "de-DE", "nl-NL"])(
    "is one that the carrier accepts, in %s",
    (language) => {
      const stays = (["guest", "moderator"] as const).flatMap((role) =>
        [null, 0, 1, 12].map((others) => ({
          ...STAY,
          recordingUrl: RECORDING_URL,
          role,
          others,
        })),
      );
      const nccos = [
        ...rooms.flatMap((room) =>
          stays.map((stay) => conferenceNcco({ ...room, language }, stay)),
        ),
        ...REFUSALS.map((refusal) => refusalNcco(refusal, { language })),
        ...(["code", "pin", "pin-or-hash"] as const).flatMap((kind) =>
          [true, false].map((first) => promptNcco(kind, first, URL, { language })),
        ),
        invitationNcco("a", URL, { language }),
        apologyNcco(),
      ];
      const problems = nccos.flatMap((ncco) => {
        const checked = checkNcco(ncco);
        return checked.ok ? [] : checked.problems;
      });
      expect(problems).toEqual([]);
    },
  );
});

describe("what a caller is told who is not put through", () => {
  it.each(REFUSALS)("is one sentence or more for %s, and nothing else", (refusal) => {
    expect(refusalNcco(refusal)).toEqual([
      { action: "talk", text: expect.stringMatching(/^[A-Z][^<>]{20,}\.$/) },
    ]);
  });

  it("differs from reason to reason", () => {
    const texts = REFUSALS.map((refusal) => JSON.stringify(refusalNcco(refusal)));
    expect(new Set(texts).size).toBe(REFUSALS.length);
  });

  it("is a fixed apology where nothing is known", () => {
    expect(apologyNcco()).toEqual([{ action: "talk", text: expect.stringContaining("sorry") }]);
  });
});
