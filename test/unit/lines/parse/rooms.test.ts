import { describe, expect, it } from "vitest";
import { parseLine, type Line } from "../../../../src/lines/parse/line.ts";

const problemsOf = (value: unknown): string[] => {
  const result = parseLine(typeof value === "string" ? value : JSON.stringify(value));
  return result.ok ? [] : result.error;
};

const lineOf = (value: unknown): Line => {
  const parsed = parseLine(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.join("; "));
  return parsed.value;
};

describe("a line with rooms", () => {
  it("opens no door by itself, and each room by its code, zeros in front and all", () => {
    const line = lineOf({ rooms: { "0042": "standup", 42: { conference: "town-hall" } } });
    expect(line.door).toBeNull();
    expect(line.rooms).toEqual(
      new Map([
        ["0042", { room: { conference: "standup" } }],
        ["42", { room: { conference: "town-hall" } }],
      ]),
    );
  });

  it("gives its rooms what they do not say themselves, PINs too, and keeps the voice for itself", () => {
    const line = lineOf({
      language: "de-DE",
      record: true,
      pin: "1234",
      prompts: { full: "Voll.", locked: "Zu." },
      rooms: {
        1: "standup",
        2: { conference: "town-hall", record: false, pin: "4321", prompts: { full: "Besetzt." } },
      },
    });
    expect(line).toMatchObject({ language: "de-DE", prompts: { full: "Voll.", locked: "Zu." } });
    expect(line.rooms.get("1")).toEqual({
      pin: "1234",
      room: {
        conference: "standup",
        language: "de-DE",
        record: true,
        prompts: { full: "Voll.", locked: "Zu." },
      },
    });
    expect(line.rooms.get("2")).toEqual({
      pin: "4321",
      room: {
        conference: "town-hall",
        language: "de-DE",
        record: false,
        prompts: { full: "Besetzt.", locked: "Zu." },
      },
    });
  });

  it("lets a room's own greeting go before the line's, in whichever way it is given", () => {
    const room = { conference: "a", prompts: { greeting: "Room." } };
    const { rooms } = lineOf({ greeting: "Line.", rooms: { 1: room } });
    expect(rooms.get("1")?.room.greeting).toBeUndefined();
    const other = lineOf({
      prompts: { greeting: "Line." },
      rooms: { 1: { conference: "a", greeting: "Room." }, 2: "b" },
    });
    expect(other.rooms.get("1")?.room.greeting).toBe("Room.");
  });

  it("puts no PIN into a room, which is stored with each leg", () => {
    const { rooms, door } = lineOf({ conference: "a", pin: "1234", moderatorPin: "4321" });
    expect(rooms.size).toBe(0);
    expect(door).toEqual({ room: { conference: "a" }, pin: "1234", moderatorPin: "4321" });
  });
});

describe("a line whose rooms are wrong", () => {
  const ROOMS = 'must be an object from codes to conferences, such as { "2001": "standup" }';

  it.each([
    [{ rooms: "standup" }, [`rooms: ${ROOMS}`]],
    [{ rooms: ["standup"] }, [`rooms: ${ROOMS}`]],
    [{ rooms: null }, [`rooms: ${ROOMS}`]],
    [{ rooms: {} }, ["rooms: is empty: name at least one room"]],
    [
      { conference: "a", rooms: { 1: "b" } },
      ["rooms: contradicts conference: a line has one or the other"],
    ],
    [
      { rooms: { 1: "a b" } },
      [
        "rooms, entry 1: conference: must be 1 to 100 letters, digits, dots, underscores or hyphens",
      ],
    ],
    [{ rooms: { 1: {} } }, ["rooms, entry 1: conference: is missing"]],
    [{ rooms: { 1: 5 } }, ["rooms, entry 1: must be a conference name or an object"]],
    [{ rooms: { abc: "a" } }, ["rooms, entry 1: its code must be 1 to 12 digits"]],
    [{ rooms: { "": "a" } }, ["rooms, entry 1: its code must be 1 to 12 digits"]],
    [{ rooms: { 1234567890123: "a" } }, ["rooms, entry 1: its code must be 1 to 12 digits"]],
    [
      { rooms: { 1: { conference: "a", pin: 1234 } } },
      ["rooms, entry 1: pin: must be in quotes: a number would lose the zeros that it begins with"],
    ],
    [
      { pin: "2001", rooms: { 2001: "a", 2002: "b" } },
      ["rooms, entry 1: pin: must differ from its code"],
    ],
    [
      { rooms: { 2001: { conference: "a", moderatorPin: "2001" } } },
      ["rooms, entry 1: moderatorPin: must differ from its code"],
    ],
    [
      { rooms: { 1: { conference: "a", hours: {} } } },
      ["rooms, entry 1: hours: is a key of the line, not of a room"],
    ],
    [
      { rooms: { 1: { conference: "a", colour: "red" } } },
      ["rooms, entry 1: colour: is not a key of a room"],
    ],
    [
      { rooms: { 1: "a", 2: { conference: "b", maxParticipants: 51 } } },
      ["rooms, entry 2: maxParticipants: must be a whole number from 1 to 50"],
    ],
  ])("of %j says %j", (value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });

  it("names a room by its place in the text, whatever its code", () => {
    const value = '{"rooms":{"90":"a","10":{"conference":"b","mute":1},"05":"c d"}}';
    expect(problemsOf(value)).toEqual([
      "rooms, entry 2: mute: must be true or false, without quotes",
      "rooms, entry 3: conference: must be 1 to 100 letters, digits, dots, underscores or hyphens",
    ]);
  });

  it("names a code that is given twice, of which the first room would be lost", () => {
    expect(problemsOf('{"rooms":{"1":"a","1":"b"}}')).toEqual([
      "rooms, entry 2: its code is given twice",
    ]);
  });
});
