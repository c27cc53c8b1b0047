import { describe, expect, it } from "vitest";
import { stepsOf } from "../../../../src/dashboard/lines/heard-steps.ts";
import { conferenceNcco, promptNcco, refusalNcco } from "../../../../src/lines/speech/prompts.ts";
import type { Room } from "../../../../src/lines/room.ts";

function intoRoom(options: Partial<Room>, role: "guest" | "moderator" = "guest") {
  const ncco = conferenceNcco(
    { conference: "standup", ...options },
    {
      recordingUrl: "https://bridge.example.com/webhooks/recording",
      holdMusicUrl: "https://bridge.example.com/hold-music.mp3",
      role,
      others: null,
      operatorEnds: false,
    },
  );
  return stepsOf(ncco);
}

describe("what a caller lives through", () => {
  it("is a greeting and the room", () => {
    expect(intoRoom({})).toEqual([
      {
        words: "Hears:",
        spoken: "Please wait while we connect you to the conference",
        language: null,
      },
      { words: "Comes into the conference standup.", spoken: null, language: null },
    ]);
  });

  it("is the room alone where nothing is said", () => {
    expect(intoRoom({ greeting: "" })).toHaveLength(1);
  });

  it("is said without the tags of its SSML, in its language", () => {
    const greeting = "<speak>Guten  <break time='1s'/>\nTag.</speak>";
    expect(intoRoom({ greeting, language: "de-DE" })[0]).toEqual({
      words: "Hears:",
      spoken: "Guten Tag.",
      language: "de-DE",
    });
  });

  it.each([
    [{ waitForModerator: true }, "waits with music until somebody starts the room"],
    [{ startOnEnter: false }, "waits until somebody starts the room"],
    [{ mute: true, record: true }, "cannot be heard, is recorded"],
  ] as const)("with %j is told", (options, words) => {
    expect(intoRoom(options).at(-1)?.words).toBe(`Comes into the conference standup, ${words}.`);
  });

  it("is another thing for a moderator", () => {
    const options = { waitForModerator: true, endWithModerator: true, mute: true };
    expect(intoRoom(options, "moderator").at(-1)?.words).toBe(
      "Comes into the conference standup, starts the room, ends the room by hanging up.",
    );
  });

  it("is a question, its answer, and what comes where none is given", () => {
    const ncco = promptNcco("pin", true, "https://bridge.example.com/webhooks/input", {});
    expect(stepsOf(ncco).map(({ words }) => words)).toEqual([
      "Hears:",
      "Is asked for digits: may enter up to 20 digits, ended with the hash key, with 10 seconds for each.",
      "Hears, where nothing comes of the entry:",
    ]);
  });

  it("is a refusal where there is no line", () => {
    const [step, ...others] = stepsOf(refusalNcco("unknown-number"));
    expect(step?.spoken).toMatch(/^The number you have called/);
    expect(others).toEqual([]);
  });
});
