import { describe, expect, it } from "vitest";
import { conferenceNcco, type Stay } from "../../../../src/lines/speech/prompts.ts";
import type { Role, Room } from "../../../../src/lines/room.ts";

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

/** The options of the conversation alone. */
const joined = (room: Omit<Room, "conference">, role: Role, operatorEnds = false): unknown => {
  const { name: _, ...options } = Object(
    conferenceNcco({ conference: "a", ...room }, { ...STAY, role, operatorEnds }).at(-1),
  );
  return options;
};

describe("a room that waits for its moderator", () => {
  const MUSIC = "https://a.example/hold.mp3";

  it.each<[string, Omit<Room, "conference">, Role, unknown]>([
    [
      "a guest waits with the bridge's music",
      { waitForModerator: true },
      "guest",
      { startOnEnter: false, musicOnHoldUrl: [STAY.holdMusicUrl] },
    ],
    [
      "a guest waits with the room's own music",
      { waitForModerator: true, musicOnHoldUrl: MUSIC },
      "guest",
      { startOnEnter: false, musicOnHoldUrl: [MUSIC] },
    ],
    [
      "a moderator starts it",
      { waitForModerator: true, musicOnHoldUrl: MUSIC },
      "moderator",
      { startOnEnter: true },
    ],
    ["nobody waits where that is switched off", { waitForModerator: false }, "guest", {}],
    ["who waits by hand hears silence", { startOnEnter: false }, "guest", { startOnEnter: false }],
  ])("%s", (_, room, role, options) => {
    expect(joined(room, role)).toEqual({ action: "conversation", ...Object(options) });
  });
});

describe("a room that ends with its moderator", () => {
  const room = { waitForModerator: true, endWithModerator: true };

  it("ends by the carrier where the bridge cannot end it, and only with a moderator", () => {
    expect(joined(room, "moderator")).toMatchObject({ endOnExit: true });
    expect(joined(room, "guest")).not.toHaveProperty("endOnExit");
  });

  it("is left to the bridge where that can, so that the second moderator can stay", () => {
    expect(joined(room, "moderator", true)).not.toHaveProperty("endOnExit");
  });

  it("is still the carrier's where the line says endOnExit by hand", () => {
    expect(joined({ endOnExit: true }, "moderator", true)).toMatchObject({ endOnExit: true });
  });
});

describe("mute", () => {
  it.each<[Omit<Room, "conference">, Role, boolean | undefined]>([
    [{ mute: true }, "guest", true],
    [{ mute: true }, "moderator", undefined],
    [{ mute: true, waitForModerator: true }, "moderator", undefined],
    [{ mute: true, startOnEnter: true }, "moderator", true],
    [{ mute: true, endOnExit: true }, "moderator", true],
    [{ mute: false }, "moderator", false],
    [{}, "guest", undefined],
  ])("of a room with %j is for a %s %s", (room, role, mute) => {
    expect(Object(joined(room, role)).mute).toBe(mute);
  });
});
