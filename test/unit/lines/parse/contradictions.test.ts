import { describe, expect, it } from "vitest";
import { parseLine } from "../../../../src/lines/parse/line.ts";

const problemsOf = (value: unknown): string[] => {
  const result = parseLine(JSON.stringify(value));
  return result.ok ? [] : result.error;
};

const MUSIC = "https://a.example/hold.mp3";
const NOBODY_WAITS =
  "musicOnHoldUrl: does nothing, since nobody waits: it needs waitForModerator: true, or startOnEnter: false";
const NO_MODERATOR =
  "endWithModerator: does nothing, since no caller of this line is a moderator: it needs moderatorPin, or startOnEnter: true";
const WAIT_AND_START = "waitForModerator: contradicts startOnEnter: leave one of them out";
const SAME_PIN = "moderatorPin: must differ from pin";
const TOO_LONG = "greeting: must be shorter: with what is added to it, it may have 1500 characters";
const TWO_GREETINGS =
  "prompts: greeting: does nothing beside the key greeting: leave one of them out";

describe("keys that contradict each other, or do nothing together", () => {
  it.each([
    [{ pin: "1234", moderatorPin: "1234" }, SAME_PIN],
    [{ waitForModerator: true, startOnEnter: true }, WAIT_AND_START],
    [{ waitForModerator: true, startOnEnter: false }, WAIT_AND_START],
    [
      { waitForModerator: true, endOnExit: true },
      "waitForModerator: contradicts endOnExit, by which every caller is a moderator: use endWithModerator",
    ],
    [
      { endWithModerator: true, endOnExit: false, moderatorPin: "1234" },
      "endWithModerator: contradicts endOnExit: leave one of them out",
    ],
    [
      { moderatorPin: "1234", startOnEnter: false },
      "moderatorPin: contradicts startOnEnter, which is for guests and moderators alike: use waitForModerator",
    ],
    [
      { moderatorPin: "1234", endOnExit: true },
      "moderatorPin: contradicts endOnExit, which is for guests and moderators alike: use endWithModerator",
    ],
    [{ endWithModerator: true }, NO_MODERATOR],
    [{ endWithModerator: true, pin: "1234", startOnEnter: false }, NO_MODERATOR],
    [{ musicOnHoldUrl: MUSIC }, NOBODY_WAITS],
    [{ musicOnHoldUrl: MUSIC, startOnEnter: true }, NOBODY_WAITS],
    [{ musicOnHoldUrl: MUSIC, waitForModerator: false }, NOBODY_WAITS],
    [{ greeting: "Hi.", prompts: { greeting: "Hello." } }, TWO_GREETINGS],
    [{ allow: ["4930"], deny: ["49"] }, "allow: entry 1: does nothing, since deny covers it"],
  ])("are named: %j", (keys, problem) => {
    expect(problemsOf({ conference: "a", ...keys })).toEqual([problem]);
  });

  it.each([
    [{ pin: "1234", moderatorPin: "12345" }],
    [{ waitForModerator: false, startOnEnter: false }],
    [{ endWithModerator: false, endOnExit: true }],
    [{ waitForModerator: true }],
    [{ waitForModerator: true, endWithModerator: true, moderatorPin: "1234" }],
    [{ endWithModerator: true, startOnEnter: true }],
    [{ musicOnHoldUrl: MUSIC, startOnEnter: false }],
    [{ musicOnHoldUrl: MUSIC, waitForModerator: true }],
    [{ startOnEnter: false, endOnExit: true }],
    [{ deny: ["49"] }],
  ])("are none: %j", (keys) => {
    expect(problemsOf({ conference: "a", ...keys })).toEqual([]);
  });

  it("are not guessed where one of the keys has a wrong value", () => {
    expect(problemsOf({ conference: "a", endWithModerator: true, moderatorPin: 1234 })).toEqual([
      expect.stringContaining("moderatorPin: must be in quotes"),
    ]);
  });
});

const a = (count: number): string => "a".repeat(count);

describe("a greeting with what is added to it", () => {
  it.each<[string, Record<string, unknown>]>([
    ["the recording", { greeting: a(1_490), record: true }],
    ["the recording, within SSML", { greeting: `<speak>${a(1_490)}</speak>`, record: true }],
    ["how many are there", { greeting: a(1_465), announceCount: true }],
    ["a prompt of the line's", { prompts: { greeting: a(800), recorded: a(800) }, record: true }],
  ])("must not come to more than the carrier says: %s", (_, keys) => {
    expect(problemsOf({ conference: "a", ...keys })).toEqual([TOO_LONG]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["nothing is added", { greeting: a(1_500) }],
    ["it just fits", { greeting: a(1_463), record: true }],
    ["the addition is empty", { greeting: a(1_500), record: true, prompts: { recorded: "" } }],
  ])("may come to as much: %s", (_, keys) => {
    expect(problemsOf({ conference: "a", ...keys })).toEqual([]);
  });
});

describe("in a line with rooms", () => {
  it.each([
    [
      { pin: "1234", rooms: { 1: { conference: "a", moderatorPin: "1234" }, 2: "b" } },
      [`rooms, entry 1: ${SAME_PIN}`],
    ],
    [
      { waitForModerator: true, rooms: { 1: "a", 2: { conference: "b", startOnEnter: false } } },
      [`rooms, entry 2: ${WAIT_AND_START}`],
    ],
    [
      { rooms: { 1: "a", 2: { conference: "b", musicOnHoldUrl: MUSIC } } },
      [`rooms, entry 2: ${NOBODY_WAITS}`],
    ],
  ])("a room is blamed for what it says itself: %j", (value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });

  it.each([
    [{ pin: "1234", moderatorPin: "1234", rooms: { 1: "a", 2: "b" } }, [SAME_PIN]],
    [{ musicOnHoldUrl: MUSIC, rooms: { 1: "a", 2: "b" } }, [NOBODY_WAITS]],
    [{ endWithModerator: true, rooms: { 1: "a" } }, [NO_MODERATOR]],
  ])("the line is blamed once for what it says for all: %j", (value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });

  it.each([
    [{ musicOnHoldUrl: MUSIC, rooms: { 1: "a", 2: { conference: "b", waitForModerator: true } } }],
    [{ endWithModerator: true, rooms: { 1: "a", 2: { conference: "b", moderatorPin: "1234" } } }],
    [{ prompts: { greeting: "Hi." }, rooms: { 1: { conference: "a", greeting: "Ho." }, 2: "b" } }],
    [{ waitForModerator: true, rooms: { 1: { conference: "a", waitForModerator: false } } }],
  ])("a default may do nothing in some of the rooms: %j", (value) => {
    expect(problemsOf(value)).toEqual([]);
  });
});
