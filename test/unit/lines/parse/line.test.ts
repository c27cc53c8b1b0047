import { describe, expect, it } from "vitest";
import { parseLine } from "../../../../src/lines/parse/line.ts";

const problemsOf = (value: unknown): string[] => {
  const result = parseLine(typeof value === "string" ? value : JSON.stringify(value));
  return result.ok ? [] : result.error;
};

/** A line that leads to one room, without a PIN. */
const leadsTo = (room: Record<string, unknown>): unknown => ({
  ok: true,
  value: expect.objectContaining({ door: { room }, rooms: new Map() }),
});

describe("parseLine of a plain name", () => {
  it.each(["standup", "Stand-Up_2.0", "1", "a".repeat(100)])("reads %j, its case kept", (value) => {
    expect(parseLine(value)).toEqual(leadsTo({ conference: value }));
  });

  it.each(["standup\n", " standup ", "standup\r\n", "\ufeffstandup"])(
    "does not mind what an editor leaves around it: %j",
    (value) => {
      expect(parseLine(value)).toEqual(leadsTo({ conference: "standup" }));
    },
  );

  it.each(["", "  \n", "two words", "söndag", "a/b", "a".repeat(101), "a\nb", "<b>"])(
    "refuses %j",
    (value) => {
      expect(problemsOf(value)).toEqual([
        "conference: must be 1 to 100 letters, digits, dots, underscores or hyphens",
      ]);
    },
  );
});

describe("parseLine of a JSON line", () => {
  it("reads every option as it is", () => {
    const line = {
      conference: "standup",
      greeting: "Welcome to the stand-up.",
      language: "en-GB",
      style: 0,
      premium: false,
      startOnEnter: false,
      endOnExit: false,
      musicOnHoldUrl: "https://cdn.example.com/hold.mp3",
      record: false,
      mute: false,
    };
    expect(parseLine(JSON.stringify(line, null, 2))).toEqual(leadsTo(line));
  });

  it("reads a line with nothing but its conference, whose name may have spaces around it", () => {
    expect(parseLine('{"conference":" standup "}')).toEqual(leadsTo({ conference: "standup" }));
  });

  it("keeps startOnEnter: false, which is no missing one", () => {
    expect(parseLine('{"conference":"a","startOnEnter":false}')).toEqual(
      leadsTo({ conference: "a", startOnEnter: false }),
    );
  });

  it("reads an address in an array, as the carrier's own documents write it", () => {
    expect(
      parseLine(
        '{"conference":"a","startOnEnter":false,"musicOnHoldUrl":["https://a.example/b.mp3"]}',
      ),
    ).toEqual(
      leadsTo({ conference: "a", startOnEnter: false, musicOnHoldUrl: "https://a.example/b.mp3" }),
    );
  });

  it("reads an empty greeting, for a line that says nothing", () => {
    expect(parseLine('{"conference":"a","greeting":" "}')).toEqual(
      leadsTo({ conference: "a", greeting: "" }),
    );
  });

  it("counts a greeting's SSML tags as little as the carrier does", () => {
    const greeting = `<speak>${"<break time='1s'/>".repeat(50)}${"a".repeat(1_400)}</speak>`;
    expect(problemsOf({ conference: "a", greeting })).toEqual([]);
  });
});

describe("parseLine of a line that is wrong", () => {
  it.each([
    [{ greeting: 5 }, "greeting: must be text of at most 1500 characters"],
    [{ greeting: "a".repeat(1_501) }, "greeting: must be text of at most 1500 characters"],
    [
      { greeting: `<speak>${"a".repeat(1_501)}</speak>` },
      "greeting: must be text of at most 1500 characters",
    ],
    [{ greeting: null }, "greeting: must be text of at most 1500 characters"],
    [{ language: "english please" }, "language: must be a language tag such as en-GB"],
    [{ style: "0" }, "style: must be a whole number from 0 on"],
    [{ style: -1 }, "style: must be a whole number from 0 on"],
    [{ style: 1.5 }, "style: must be a whole number from 0 on"],
    [{ premium: "true" }, "premium: must be true or false, without quotes"],
    [{ startOnEnter: "false" }, "startOnEnter: must be true or false, without quotes"],
    [{ endOnExit: 1 }, "endOnExit: must be true or false, without quotes"],
    [{ record: "true" }, "record: must be true or false, without quotes"],
    [{ mute: null }, "mute: must be true or false, without quotes"],
    [{ musicOnHoldUrl: "hold.mp3" }, "musicOnHoldUrl: must be an https:// or http:// address"],
    [
      { musicOnHoldUrl: "ftp://a.example/b" },
      "musicOnHoldUrl: must be an https:// or http:// address",
    ],
    [{ musicOnHoldUrl: [] }, "musicOnHoldUrl: must be an https:// or http:// address"],
    [{ musicOnHoldUrl: 5 }, "musicOnHoldUrl: must be an https:// or http:// address"],
    [{ conferense: "b" }, "conferense: is not a key of a line"],
  ])("names what is wrong with %j", (option, problem) => {
    expect(problemsOf({ conference: "a", ...option })).toEqual([problem]);
  });

  const PIN = "must be 3 to 12 digits, in quotes";
  const IN_QUOTES = "must be in quotes: a number would lose the zeros that it begins with";

  it.each([
    [{ pin: 1234 }, [`pin: ${IN_QUOTES}`]],
    [{ moderatorPin: 1234 }, [`moderatorPin: ${IN_QUOTES}`]],
    [{ pin: "12" }, [`pin: ${PIN}`]],
    [{ pin: "1234567890123" }, [`pin: ${PIN}`]],
    [{ pin: "12 34" }, [`pin: ${PIN}`]],
    [{ pin: "" }, [`pin: ${PIN}`]],
    [{ pin: null }, [`pin: ${PIN}`]],
    [{ pin: "١٢٣" }, [`pin: ${PIN}`]],
    [{ waitForModerator: "yes" }, ["waitForModerator: must be true or false, without quotes"]],
    [
      { endWithModerator: 1, moderatorPin: "1234" },
      ["endWithModerator: must be true or false, without quotes"],
    ],
    [{ announceCount: "true" }, ["announceCount: must be true or false, without quotes"]],
    [{ strict: null }, ["strict: must be true or false, without quotes"]],
    [{ maxParticipants: 0 }, ["maxParticipants: must be a whole number from 1 to 50"]],
    [{ maxParticipants: 51 }, ["maxParticipants: must be a whole number from 1 to 50"]],
    [{ maxParticipants: "10" }, ["maxParticipants: must be a whole number from 1 to 50"]],
    [{ maxParticipants: 2.5 }, ["maxParticipants: must be a whole number from 1 to 50"]],
    [{ allow: [] }, ["allow: is empty: leave it out, or name prefixes"]],
    [{ deny: [49] }, ['deny: entry 1: must be in quotes, such as "4930"']],
    [
      { hours: { timeZone: "Mars/Olympus", open: {} } },
      [
        "hours: timeZone: must be a time zone such as Europe/Berlin",
        "hours: open: is never open: name at least one opening",
      ],
    ],
    [
      { prompts: [] },
      ['prompts: must be an object from prompts to texts, such as { "full": "Sorry, no room." }'],
    ],
    [{ prompts: { closed: "" } }, ["prompts: closed: must say something"]],
    [{ prompts: { full: 5 } }, ["prompts: full: must be text of at most 1500 characters"]],
    [
      { prompts: { full: "a".repeat(1_501) } },
      ["prompts: full: must be text of at most 1500 characters"],
    ],
    [{ prompts: { full: "Full, {name}." } }, ["prompts: full: knows no words in braces"]],
    [
      { prompts: { "others-here": "{number} here." } },
      ["prompts: others-here: knows no words in braces but {count}"],
    ],
    [
      { prompts: { recorded: "<speak>Recorded.</speak>" } },
      ["prompts: recorded: must be plain text, since it is added to the greeting"],
    ],
    [
      { prompts: { "unknown-number": "Nobody." } },
      ["prompts: unknown-number: is said where there is no line, so that no line can change it"],
    ],
  ])("says of %j: %j", (keys, problems) => {
    expect(problemsOf({ conference: "a", ...keys })).toEqual(problems);
  });

  it("lists the prompts where it does not know one", () => {
    expect(problemsOf({ conference: "a", prompts: { fulll: "Full." } })).toEqual([
      expect.stringMatching(/^prompts: fulll: is not a prompt; the prompts are greeting, .*full/),
    ]);
  });

  it("takes another ceiling for the most participants", () => {
    const value = '{"conference":"a","maxParticipants":80}';
    expect(parseLine(value, 100)).toMatchObject({ ok: true });
    expect(parseLine(value, 60)).toEqual({
      ok: false,
      error: ["maxParticipants: must be a whole number from 1 to 60"],
    });
  });

  it("names a key that is given twice, of which only the last would count", () => {
    expect(problemsOf('{"conference":"a","pin":"1234","pin":"4321"}')).toEqual([
      "pin: is given twice",
    ]);
  });

  it("does not drop the second of two addresses without a word", () => {
    const musicOnHoldUrl = ["https://a.example/1.mp3", "https://a.example/2.mp3"];
    expect(problemsOf({ conference: "a", startOnEnter: false, musicOnHoldUrl })).toEqual([
      "musicOnHoldUrl: must be an https:// or http:// address",
    ]);
  });

  it("names a missing conference", () => {
    expect(problemsOf({ greeting: "Hello" })).toEqual([
      "conference: is missing: a line has a conference, or rooms",
    ]);
  });

  it("names every problem, also every key that it does not know", () => {
    const line = { conference: "a b", mute: "no", style: -1, colour: "red", loop: 2 };
    expect(problemsOf(line).map((problem) => problem.split(":")[0])).toEqual([
      "conference",
      "style",
      "mute",
      "colour",
      "loop",
    ]);
  });

  it.each(['{"conference":"a"', "[", "{conference: a}", '{"a":1}}'])(
    "says that %j is no JSON",
    (value) => {
      expect(problemsOf(value)).toEqual(["the value is neither a conference name nor valid JSON"]);
    },
  );

  it.each(['["standup"]', '"standup"', "[]"])("says that %j is no line", (value) => {
    expect(problemsOf(value)).not.toEqual([]);
  });

  it.each(["__proto__", "constructor", "toString"])("does not know the key %j", (key) => {
    expect(problemsOf(`{"conference":"a","${key}":{}}`)).toEqual([
      `${key}: is not a key of a line`,
    ]);
  });

  it("survives JSON nested 20,000 deep", () => {
    expect(problemsOf(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`)).not.toEqual([]);
  });
});
