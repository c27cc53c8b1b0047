import { describe, expect, it } from "vitest";
import {
  doorFor,
  entryOf,
  entryThrough,
  policyRefusal,
  questionOf,
  roleFor,
} from "../../../../src/lines/parse/access.ts";
import { parseLine, type Door, type Line } from "../../../../src/lines/parse/line.ts";

const lineOf = (value: unknown): Line => {
  const parsed = parseLine(JSON.stringify(value));
  if (!parsed.ok) throw new Error(parsed.error.join("; "));
  return parsed.value;
};

const doorOf = (keys: Record<string, unknown>): Door => {
  const { door } = lineOf({ conference: "a", ...keys });
  if (door === null) throw new Error("the line has rooms");
  return door;
};

describe("entryOf", () => {
  it("is the room itself where nothing is asked, with the role that the line gives", () => {
    expect(entryOf(lineOf({ conference: "a" }))).toEqual({
      kind: "open",
      room: { conference: "a" },
      role: "guest",
    });
    expect(entryOf(lineOf({ conference: "a", startOnEnter: true }))).toMatchObject({
      role: "moderator",
    });
  });

  it.each([
    [{ conference: "a", pin: "1234" }, "pin"],
    [{ conference: "a", moderatorPin: "1234" }, "pin-or-hash"],
    [{ conference: "a", pin: "1234", moderatorPin: "4321" }, "pin"],
    [{ rooms: { 1: "a" } }, "code"],
    [{ rooms: { 1: "a" }, pin: "1234" }, "code"],
  ])("of %j is a question for the %s", (value, question) => {
    const entry = entryOf(lineOf(value));
    expect(entry.kind === "open" ? null : questionOf(entry)).toBe(question);
  });
});

describe("what a code opens", () => {
  const line = lineOf({ rooms: { "007": "bond", 7: { conference: "seven", pin: "1234" } } });

  it.each([
    ["007", "bond"],
    ["7", "seven"],
    ["07", undefined],
    ["", undefined],
    ["toString", undefined],
  ])("is for %j the room %s", (code, conference) => {
    expect(doorFor(line, code)?.room.conference).toBe(conference);
  });

  it("may ask for a PIN in its turn", () => {
    const [bond, seven] = [doorFor(line, "007"), doorFor(line, "7")];
    expect(bond && entryThrough(bond).kind).toBe("open");
    expect(seven && entryThrough(seven).kind).toBe("pin");
  });

  it("is nothing on a line that asks for none", () => {
    expect(doorFor(lineOf({ conference: "a" }), "1")).toBeNull();
  });
});

describe("roleFor", () => {
  it.each([
    [{ pin: "1234" }, "1234", "guest"],
    [{ pin: "1234" }, "4321", null],
    [{ pin: "1234" }, "", null],
    [{ pin: "0123" }, "123", null],
    [{ pin: "1234", startOnEnter: true }, "1234", "moderator"],
    [{ moderatorPin: "1234" }, "1234", "moderator"],
    [{ moderatorPin: "1234" }, "", "guest"],
    [{ moderatorPin: "1234" }, "4321", null],
    [{ pin: "1234", moderatorPin: "4321" }, "1234", "guest"],
    [{ pin: "1234", moderatorPin: "4321" }, "4321", "moderator"],
    [{ pin: "1234", moderatorPin: "4321" }, "", null],
  ])("of a door with %j and the entry %j is %s", (keys, entry, role) => {
    expect(roleFor(doorOf(keys), entry)).toBe(role);
  });
});

describe("policyRefusal", () => {
  const NOON = Date.UTC(2026, 10, 24, 12);

  it.each([
    [{}, "447700900123", null],
    [{}, "Unknown", null],
    [{ allow: ["44"] }, "447700900123", null],
    [{ allow: ["+44 (7700)"] }, "+447700900123", null],
    [{ allow: ["44"] }, "sip:447700900123@sip.example.com", null],
    [{ allow: ["44"] }, "00447700900123", null],
    [{ allow: ["0044"] }, "447700900123", null],
    [{ allow: ["44"] }, "＋４４ ７７００ ９００１２３", null],
    [{ deny: ["447700"] }, "00447700900123", "not-allowed"],
    [{ deny: ["447700"] }, "sip:%2B447700900123@pbx.example.com", "not-allowed"],
    [{ deny: ["447700"] }, "44–7700–900123", "not-allowed"],
    [{ deny: ["00"] }, "447700900123", null],
    [{ deny: ["2"] }, "266696687", null],
    [{ allow: ["2"] }, "266696687", "not-allowed"],
    [{ allow: ["49"] }, "447700900123", "not-allowed"],
    [{ allow: ["49", "44"] }, "447700900123", null],
    [{ allow: ["49"] }, "Unknown", "not-allowed"],
    [{ allow: ["49"] }, "", "not-allowed"],
    [{ allow: ["49"] }, "sip:alice49@sip.example.com", "not-allowed"],
    [{ deny: ["447700"] }, "447700900123", "not-allowed"],
    [{ deny: ["447701"] }, "447700900123", null],
    [{ deny: ["44"] }, "Unknown", null],
    [{ allow: ["44"], deny: ["447700"] }, "447700900123", "not-allowed"],
    [{ allow: ["44"], deny: ["447700"] }, "447701900123", null],
  ])("on a line with %j is for %j: %s", (keys, caller, refusal) => {
    expect(policyRefusal(lineOf({ conference: "a", ...keys }), caller, NOON)).toBe(refusal);
  });

  it("closes the line outside of its hours, and tells callers first that they are not allowed", () => {
    const hours = { timeZone: "UTC", open: { "mon-sun": "13:00-14:00" } };
    const line = lineOf({ conference: "a", hours, deny: ["49"] });
    expect(policyRefusal(line, "447700900123", NOON)).toBe("closed");
    expect(policyRefusal(line, "447700900123", NOON + 3_600_000)).toBeNull();
    expect(policyRefusal(line, "4930123456", NOON)).toBe("not-allowed");
  });
});
