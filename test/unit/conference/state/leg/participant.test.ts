import { describe, expect, it } from "vitest";
import {
  participant,
  type Participant,
} from "../../../../../src/conference/state/leg/participant.ts";
import type { Fact } from "../../../../../src/conference/state/leg/fact.ts";
import { admission, at, control, lookUp, status, transfer } from "../../../../support/webhooks.ts";

const HOURS = 3_600;
const MAX_CALL_MS = 6 * HOURS * 1000;

function read(webhooks: Fact[], seconds: number): Participant {
  return participant(webhooks, at(seconds), MAX_CALL_MS);
}

const joined = [admission(0), status("answered", 1), transfer("origin", "room", 5)];

describe("the phase of a leg", () => {
  it.each<[string, Fact[], number, Participant["phase"], boolean]>([
    ["let in and not heard of yet", [admission(0)], 1, "expected", false],
    ["ringing", [admission(0), status("started", 0), status("ringing", 0)], 3, "expected", false],
    [
      "answered, listening to the greeting",
      [admission(0), status("answered", 1)],
      5,
      "arriving",
      false,
    ],
    [
      "answered, and no transfer yet after just under a minute and the greeting",
      [admission(0), status("answered", 1)],
      64.9,
      "arriving",
      false,
    ],
    [
      "answered, and no transfer after a minute and the greeting",
      [admission(0), status("answered", 1)],
      65,
      "in",
      false,
    ],
    [
      "answered without a time, a minute and the greeting after the last sign",
      [admission(0), status("answered", null)],
      64,
      "in",
      false,
    ],
    [
      "let in long after the answer, and no transfer yet after just under a minute and the greeting",
      [status("answered", 1), admission(90)],
      153.9,
      "arriving",
      false,
    ],
    [
      "let in long after the answer, and no transfer after a minute and the greeting",
      [status("answered", 1), admission(90)],
      154,
      "in",
      false,
    ],
    ["moved into the room", joined, 6, "in", true],
    [
      "moved into the room, when neither its origin nor a piece of its way is known",
      [
        { ...admission(0), origin: null },
        transfer("aside", "room", 5),
        transfer("third", "room", 30),
      ],
      31,
      "in",
      true,
    ],
    [
      "moved into the room before anything else came",
      [transfer("origin", "room", 5)],
      6,
      "in",
      true,
    ],
    [
      "moved elsewhere and back, with no known origin and one move without a time",
      [
        { ...admission(0), origin: null },
        transfer("origin", "room", 5),
        transfer("room", "other", null),
        transfer("other", "room", 30),
      ],
      31,
      "in",
      true,
    ],
    ["moved elsewhere", [...joined, transfer("room", "other", 20)], 21, "away", true],
    [
      "moved elsewhere and back",
      [...joined, transfer("room", "other", 20), transfer("other", "room", 30)],
      31,
      "in",
      true,
    ],
    [
      "moved elsewhere, when its way in was lost",
      [admission(0), status("answered", 1), transfer("room", "other", 20)],
      21,
      "away",
      false,
    ],
    [
      "moved back, when its way in was lost",
      [admission(0), transfer("room", "other", 20), transfer("other", "room", 30)],
      31,
      "in",
      true,
    ],
    [
      "moved twice, when the middle of its way was lost",
      [...joined, transfer("other", "third", 30)],
      31,
      "away",
      true,
    ],
    ["ended", [...joined, status("completed", 60)], 61, "gone", true],
    ["ended before anything else came", [status("completed", 60)], 61, "gone", false],
    [
      "ended, with a late answer",
      [admission(0), status("completed", 10), status("answered", 20)],
      21,
      "gone",
      false,
    ],
    ["ended at a time that is missing", [...joined, status("completed", null)], 61, "gone", true],
    [
      "ended at a time that is years ahead",
      [...joined, status("completed", 1e9)],
      61,
      "gone",
      true,
    ],
    ["expected for two minutes", [admission(0)], 120, "gone", false],
    [
      "expected, ringing half a minute later",
      [admission(0), status("ringing", 30)],
      149,
      "expected",
      false,
    ],
    ["in for five hours and 59 minutes", joined, 5 + 6 * HOURS - 1, "in", true],
    ["in for six hours without a sign of life", joined, 5 + 6 * HOURS, "gone", true],
    [
      "sent elsewhere after a wrong guess",
      [transfer("origin", "room", 5), { type: "release", at: at(30) }],
      31,
      "gone",
      true,
    ],
    [
      "taken back after a wrong guess, and let in after all",
      [...joined, { type: "release", at: at(30) }],
      31,
      "in",
      true,
    ],
    ["refused", [admission(0, { denied: "full" })], 1, "refused", false],
    [
      "refused, listening to why",
      [admission(0, { denied: "locked" }), status("answered", 1)],
      119,
      "refused",
      false,
    ],
    [
      "refused two minutes ago",
      [admission(0, { denied: "locked" }), status("answered", 1)],
      121,
      "gone",
      false,
    ],
    [
      "refused, and moved into the room all the same",
      [admission(0, { denied: "full" }), transfer("origin", "room", 5)],
      6,
      "in",
      true,
    ],
    ["looked up as ended", [...joined, lookUp("completed", 60)], 61, "gone", true],
    [
      "looked up as up, after hours of silence",
      [...joined, lookUp("answered", 5 * HOURS)],
      10 * HOURS,
      "in",
      true,
    ],
    [
      "looked up as up, and silent since",
      [...joined, lookUp("answered", 60)],
      7 * HOURS,
      "gone",
      true,
    ],
    [
      "muted, hours after",
      [...joined, control(5 * HOURS, { muted: true })],
      10 * HOURS,
      "in",
      true,
    ],
  ])("of one %s", (_, webhooks, seconds, phase, joinConfirmed) => {
    expect(read(webhooks, seconds)).toMatchObject({ phase, joinConfirmed });
  });
});

describe("why a leg is gone", () => {
  it.each<[string, Fact[], number, string, number | null]>([
    ["completed", [...joined, status("completed", 60)], 61, "completed", at(60)],
    ["by whom", [status("completed", 60, { detail: "user" })], 61, "completed (user)", at(60)],
    [
      "the most telling of several",
      [status("completed", 30), status("busy", 31)],
      61,
      "busy",
      at(30),
    ],
    [
      "with its detail",
      [status("failed", 30, { detail: "cannot_route" }), status("failed", 30)],
      61,
      "failed (cannot_route)",
      at(30),
    ],
    ["at an unknown time", [status("rejected", null)], 61, "rejected", null],
    ["never arrived", [admission(0)], 500, "never arrived", at(120)],
    ["no sign of life", joined, 7 * HOURS, "no sign of life", at(5 + 6 * HOURS)],
    ["looked up", [...joined, lookUp("completed", 60)], 61, "completed", at(60)],
    [
      "looked up before the carrier reported it, and why",
      [...joined, lookUp("completed", 60), status("completed", 40, { detail: "user" })],
      61,
      "completed (user)",
      at(40),
    ],
    ["refused", [admission(0, { denied: "banned" })], 500, "banned", at(120)],
  ])("%s", (_, webhooks, seconds, reason, leftAt) => {
    expect(read(webhooks, seconds)).toMatchObject({ phase: "gone", reason, leftAt });
  });

  it("takes a lapse back when a sign of life comes after all", () => {
    const lapsed = read([admission(0)], 200);
    const late = read([admission(0), status("answered", 100)], 200);
    expect([lapsed.phase, late.phase]).toEqual(["gone", "in"]);
  });

  it("takes no time for possible that is more than three days after it was let in", () => {
    const day = 24 * HOURS;
    const records = [3 * day, 3 * day + 1].map((seconds) =>
      read([...joined, status("ringing", seconds)], seconds + 60),
    );
    expect(records).toMatchObject([
      { phase: "in", lastSignAt: at(3 * day) },
      { phase: "gone", lastSignAt: at(5), leftAt: at(5 + 6 * HOURS) },
    ]);
  });

  it("does not let a webhook from the far future keep a leg alive", () => {
    expect(read([...joined, status("ringing", 1e8)], 7 * HOURS).phase).toBe("gone");
  });
});

describe("who can be heard", () => {
  it.each<[string, Fact[], boolean, boolean]>([
    ["everybody at first", joined, false, false],
    ["nobody who was let in muted", [admission(0, { muted: true })], true, false],
    ["as the carrier confirmed", [...joined, control(10, { muted: true })], true, false],
    [
      "as it confirmed last, in whatever order it came",
      [...joined, control(20, { muted: false }), control(10, { muted: true })],
      false,
      false,
    ],
    [
      "again, who was let in muted",
      [admission(0, { muted: true }), control(10, { muted: false })],
      false,
      false,
    ],
    [
      "with each of the two by itself",
      [...joined, control(10, { earmuffed: true }), control(20, { muted: true })],
      true,
      true,
    ],
  ])("%s", (_, webhooks, muted, earmuffed) => {
    expect(read(webhooks, 30)).toMatchObject({ muted, earmuffed });
  });
});

describe("who a leg is", () => {
  it("is as admitted", () => {
    const set = [status("started", 0, { from: "other" }), admission(1, { role: "moderator" })];
    expect(read(set, 2)).toMatchObject({
      caller: "447700900123",
      line: "14155550100",
      role: "moderator",
      admission: "checked",
    });
  });

  it("is as the first status with a direction says, where the answer webhook never came", () => {
    const set = [
      status("ringing", 1, { from: "swapped" }),
      status("started", 0, { to: "+1 (415) 555-0100" }),
    ];
    expect(read(set, 2)).toMatchObject({
      caller: "447700900123",
      line: "14155550100",
      admission: null,
    });
  });

  it("is the called party of an outbound call", () => {
    const set = [
      status("started", 0, { direction: "outbound", from: "14155550100", to: "447700900123" }),
    ];
    expect(read(set, 2)).toMatchObject({ caller: "447700900123", line: "14155550100" });
  });

  it("is unknown where no webhook tells", () => {
    expect(read([transfer("origin", "room", 5)], 6)).toMatchObject({
      caller: null,
      line: null,
      role: "guest",
    });
  });
});
