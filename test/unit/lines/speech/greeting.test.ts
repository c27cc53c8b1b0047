import { describe, expect, it } from "vitest";
import { greetingOf } from "../../../../src/lines/speech/greeting.ts";
import { greetingMs } from "../../../../src/lines/speech/prompts.ts";
import type { Room } from "../../../../src/lines/room.ts";

describe("the greeting", () => {
  it.each<[Omit<Room, "conference">, number | null, string]>([
    [{ greeting: "Welcome!", record: true }, null, "Welcome! This conference is being recorded."],
    [{ greeting: "Welcome", record: true }, null, "Welcome. This conference is being recorded."],
    [{ greeting: "", record: true }, null, "This conference is being recorded."],
    [{ greeting: "Hi.", record: false }, null, "Hi."],
    [{ greeting: "Hi.", announceCount: true }, 0, "Hi. You are the first to arrive."],
    [{ greeting: "Hi.", announceCount: true }, 1, "Hi. One other person is already there."],
    [{ greeting: "Hi.", announceCount: true }, 7, "Hi. 7 other people are already there."],
    [{ greeting: "Hi.", announceCount: true }, null, "Hi."],
    [{ greeting: "Hi." }, 7, "Hi."],
    [
      { record: true, announceCount: true },
      2,
      "Please wait while we connect you to the conference. This conference is being recorded. 2 other people are already there.",
    ],
    [
      { greeting: "<speak>Hi.</speak>", record: true, prompts: { recorded: "R & <D>" } },
      null,
      "<speak>Hi. R &amp; &lt;D&gt;</speak>",
    ],
    [{ greeting: "Hi.", record: true, prompts: { recorded: "" } }, null, "Hi."],
    [
      { announceCount: true, prompts: { greeting: "Hello", "others-here": "There are {count}." } },
      3,
      "Hello. There are 3.",
    ],
  ])("of a room with %j, where %s are there, is %j", (room, others, text) => {
    expect(greetingOf(room, others).text).toBe(text);
  });

  it("takes as long as it is, with what is added to it", () => {
    const room = { conference: "a", greeting: "Hi.", record: true, announceCount: true };
    expect(greetingMs(room)).toBe(
      Math.ceil(("Hi. This conference is being recorded.".length / 12) * 1000),
    );
    expect(greetingMs(room, 0)).toBeGreaterThan(greetingMs(room));
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
