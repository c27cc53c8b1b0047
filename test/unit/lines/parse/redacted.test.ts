import { describe, expect, it } from "vitest";
import { parseLine } from "../../../../src/lines/parse/line.ts";
import { redactedValue, shownLine } from "../../../../src/lines/parse/redacted.ts";

/** Digits that stand nowhere else. */
const SECRETS = ["481516", "2342", "1080815", "99120", "777003", "66605", "555041"];
const [CODE = "", OTHER_CODE = "", PIN = "", MODERATOR_PIN = "", ROOM_PIN = "", STRAY = ""] =
  SECRETS;

const BIG = {
  pin: PIN,
  moderatorPin: MODERATOR_PIN,
  language: "fr-FR",
  allow: ["+33", "41"],
  hours: { timeZone: "Europe/Paris", open: { "mon-fri": ["08:00-12:00", "14:00-18:00"] } },
  prompts: { full: "Complet." },
  rooms: {
    [CODE]: "standup",
    [OTHER_CODE]: { conference: "town-hall", pin: ROOM_PIN, record: true },
  },
};

const leaked = (shown: unknown): string[] =>
  SECRETS.filter((secret) => (JSON.stringify(shown) ?? "").includes(secret));

const problemsOf = (value: string): string[] => {
  const result = parseLine(value);
  return result.ok ? [] : result.error;
};

describe("a line as the API shows it", () => {
  it("has its rooms as a list, with three stars for every code and PIN", () => {
    const parsed = parseLine(JSON.stringify(BIG));
    const shown = parsed.ok && shownLine(parsed.value);
    expect(leaked(shown)).toEqual([]);
    expect(shown).toMatchObject({
      language: "fr-FR",
      allow: ["33", "41"],
      hours: { open: { fri: ["08:00-12:00", "14:00-18:00"] } },
      rooms: [
        { code: "***", conference: "town-hall", pin: "***", moderatorPin: "***", record: true },
        { code: "***", conference: "standup", pin: "***", moderatorPin: "***" },
      ],
    });
  });

  it("is the room alone where there is one, with its PINs hidden", () => {
    const parsed = parseLine(JSON.stringify({ conference: "a", pin: PIN, deny: ["49"] }));
    expect(parsed.ok && shownLine(parsed.value)).toEqual({
      conference: "a",
      pin: "***",
      deny: ["49"],
    });
  });
});

describe("a line's value as the API shows it", () => {
  it.each(["standup", "plain\n", '{"conference":"a","startOnEnter":false,"loop":1}'])(
    "is what was stored, where nothing is secret: %j",
    (value) => {
      expect(redactedValue(value)).toBe(value);
    },
  );

  it("hides PINs and codes, lists every room in the order of the text, and keeps all else", () => {
    const value = `{"rooms":{"${CODE}":"standup","${OTHER_CODE}":{"conference":"b","pin":"${PIN}"}},"hours":{"timeZone":"UTC","open":{"mon":"08:00-18:00"}}}`;
    expect(JSON.parse(redactedValue(value) ?? "")).toEqual({
      rooms: [
        { code: "***", conference: "standup" },
        { code: "***", conference: "b", pin: "***" },
      ],
      hours: { timeZone: "UTC", open: { mon: "08:00-18:00" } },
    });
  });

  it.each(['{"conference":"a","pin":"1234"', "two words 1234", "", '["1234"]', '"1234"', "{1234}"])(
    "is nothing where it cannot be read: %j",
    (value) => {
      expect(redactedValue(value)).toBeNull();
    },
  );

  it("survives JSON nested 5,000 deep", () => {
    const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    expect(redactedValue(deep)).toBe('{"a":"***"}');
    expect(redactedValue(`{"hours":${deep}}`)).toBe('{"hours":{"a":{"a":{"a":"***"}}}}');
  });
});

describe("no code and no PIN is in what is shown or said of a line", () => {
  const MISTAKES: [string, unknown][] = [
    ["a line that is right", BIG],
    ["PINs as numbers", { ...BIG, pin: Number(PIN), moderatorPin: Number(MODERATOR_PIN) }],
    ["PINs that are too long", { ...BIG, pin: `${PIN}${PIN}`, moderatorPin: `${PIN}-` }],
    ["PINs in lists", { ...BIG, pin: [PIN], moderatorPin: { [PIN]: PIN } }],
    ["misspelt PINs", { ...BIG, Pin: PIN, pins: [PIN], moderatorpin: Number(MODERATOR_PIN) }],
    ["one PIN for both", { ...BIG, moderatorPin: PIN }],
    ["codes beside the rooms", { conference: "a", [CODE]: "standup", [OTHER_CODE]: { pin: PIN } }],
    ["code and conference exchanged", { rooms: { standup: CODE, "town-hall": OTHER_CODE } }],
    ["codes with letters", { rooms: { [`${CODE}x`]: "standup", [`${OTHER_CODE}#`]: "b c" } }],
    ["rooms as a list", { rooms: [{ code: CODE, pin: PIN }, OTHER_CODE] }],
    ["rooms as text", { rooms: CODE }],
    ["rooms in a room", { rooms: { [CODE]: { conference: "a", rooms: { [OTHER_CODE]: "b" } } } }],
    ["a room with a mistake", { rooms: { [CODE]: { conference: "a", pin: 5, Pin: ROOM_PIN } } }],
    ["a room that is none", { rooms: { [CODE]: Number(PIN), [OTHER_CODE]: [PIN] } }],
    ["a code among the prompts", { conference: "a", prompts: { [CODE]: "Hello." } }],
    ["a code among the hours", { conference: "a", hours: { [CODE]: 1, open: { [PIN]: [] } } }],
    ["an object where a word belongs", { conference: { [CODE]: "a" }, greeting: [PIN] }],
    ["conference and rooms", { ...BIG, conference: "a", code: STRAY }],
  ];

  it.each(MISTAKES)("%s", (_, line) => {
    const value = JSON.stringify(line);
    const parsed = parseLine(value);
    expect(leaked(problemsOf(value))).toEqual([]);
    expect(leaked(redactedValue(value))).toEqual([]);
    expect(leaked(parsed.ok && shownLine(parsed.value))).toEqual([]);
    expect(leaked(parsed.ok && parsed.value.door?.room)).toEqual([]);
  });

  it("what is given twice", () => {
    const value = `{"rooms":{"${CODE}":"a","${CODE}":"b"},"${OTHER_CODE}":1,"${OTHER_CODE}":2,"pin":"${PIN}","pin":"${PIN}"}`;
    expect(problemsOf(value)).toHaveLength(4);
    expect(leaked(problemsOf(value))).toEqual([]);
    expect(leaked(redactedValue(value))).toEqual([]);
  });
});
