import { describe, expect, it } from "vitest";
import { hangUpDue } from "../../../../src/conference/state/clearing.ts";
import {
  END_GRACE_MS,
  holdsPlace,
  changedMeeting,
  matters,
  meetingAfter,
  NO_MEETING,
  withoutOldBans,
  type Meeting,
} from "../../../../src/conference/state/meeting.ts";
import { participant, type Participant } from "../../../../src/conference/state/leg/participant.ts";
import { admission, at, status, transfer } from "../../../support/webhooks.ts";

const MAX_CALL_MS = 6 * 3_600_000;

type Kind = Parameters<typeof admission>[1];

/** Somebody who was let in and is in the room at second 10. */
function present(kind: Kind = {}): Participant {
  const set = [admission(0, kind), status("answered", 1), transfer("origin", "room", 5)];
  return participant(set, at(10), MAX_CALL_MS);
}

/** Somebody who was let in and has not been heard of. */
function expected(kind: Kind = {}): Participant {
  return participant([admission(9, kind)], at(10), MAX_CALL_MS);
}

function refused(): Participant {
  return participant([admission(9, { denied: "locked" })], at(10), MAX_CALL_MS);
}

function away(): Participant {
  const out = [admission(0), transfer("origin", "room", 5), transfer("room", "aside", 8)];
  return participant(out, at(10), MAX_CALL_MS);
}

/** The meeting after one moment after the other: who was there, and when (seconds). */
function after(start: Partial<Meeting>, ...moments: [Participant[], number][]): Meeting {
  return moments.reduce<Meeting>(
    (meeting, [live, seconds]) => meetingAfter(meeting, live, null, at(seconds)),
    { ...NO_MEETING, ...start },
  );
}

const HOST = { ends: true, role: "moderator" } as const;

describe("a meeting", () => {
  it("lasts from the first caller who holds a place to the last, and nothing of it remains", () => {
    const set = { locked: true, banned: ["447700900123"] };
    expect(after(set, [[present()], 10])).toMatchObject({ ...set, occupied: true });
    expect(after(set, [[present()], 10], [[], 20])).toEqual(NO_MEETING);
  });

  it("has not begun while nobody was there, so that what was set before waits for it", () => {
    const set = { locked: true };
    expect(after(set, [[], 10])).toEqual({ ...NO_MEETING, locked: true });
    expect(after(set, [[refused()], 10])).toEqual({ ...NO_MEETING, locked: true });
  });

  it("goes on while somebody is expected, or elsewhere for a while, but not for who was refused", () => {
    const set = { locked: true, occupied: true };
    expect(after(set, [[expected()], 10]).locked).toBe(true);
    expect(after(set, [[away()], 10]).locked).toBe(true);
    expect(after(set, [[refused()], 10])).toEqual(NO_MEETING);
  });

  it("starts with somebody who was in the room with whom it starts, and stays started", () => {
    const starter = { starts: true };
    expect(after({}, [[expected(starter)], 10]).started).toBe(false);
    expect(after({}, [[present({ starts: false })], 10]).started).toBe(false);
    expect(after({}, [[present(starter)], 10], [[present()], 20]).started).toBe(true);
  });
});

describe("the end of a room with its last moderator", () => {
  it("comes a minute after they left, and its moment stays what it was", () => {
    const guests = [present()];
    const left = after({}, [[present(HOST), ...guests], 10], [guests, 20]);
    expect(left.endsAt).toBe(at(20) + END_GRACE_MS);
    expect(meetingAfter(left, guests, null, at(50)).endsAt).toBe(at(20) + END_GRACE_MS);
  });

  it("does not come while another moderator is there, expected, or elsewhere for a while", () => {
    for (const other of [present(HOST), expected(HOST), { ...away(), ends: true }]) {
      expect(
        after({}, [[present(HOST), present()], 10], [[other, present()], 20]).endsAt,
      ).toBeNull();
    }
  });

  it("is called off when a moderator dials back", () => {
    const left = after({}, [[present(HOST), present()], 10], [[present()], 20]);
    expect(meetingAfter(left, [present(), expected(HOST)], null, at(50)).endsAt).toBeNull();
  });

  it("comes too where the moderator's departure was heard of before their arrival", () => {
    const guests = [present()];
    const gone = { ...present(HOST), phase: "gone" as const, leftAt: at(9) };
    expect(meetingAfter(NO_MEETING, guests, gone, at(10)).endsAt).toBe(at(10) + END_GRACE_MS);
  });

  it("does not come for a moderator of an earlier meeting, of whom something is heard late", () => {
    const before = { ...present(HOST), phase: "gone" as const, leftAt: at(1) };
    expect(meetingAfter(NO_MEETING, [present()], before, at(10)).endsAt).toBeNull();
  });

  it("does not come where none was ever in the room", () => {
    expect(after({}, [[expected(HOST), present()], 10], [[present()], 20]).endsAt).toBeNull();
  });
});

/** The meeting after an operator threw somebody out. */
function ban(meeting: Meeting, caller: string, seconds: number): Meeting {
  const banned = [...meeting.banned.filter((one) => one !== caller), caller];
  return changedMeeting(meeting, { banned }, at(seconds));
}

/** When the carrier is asked to hang up on whom, of those who are up at each second, and under which key. */
function tries(
  meeting: Meeting,
  up: (seconds: number) => readonly string[],
): [number, readonly string[], string][] {
  const asked: [number, readonly string[], string][] = [];
  let current = meeting;
  for (let seconds = 0; seconds < 3_600; seconds += 5) {
    const due = hangUpDue(current, up(seconds), at(seconds));
    if (due !== null) {
      asked.push([seconds, due.legs, due.key]);
      current = due.after;
    }
  }
  expect(current).toMatchObject({ hosted: false, endsAt: null, clearing: null });
  return asked;
}

describe("who was banned", () => {
  it("is forgotten once it was long enough ago, though somebody is there all the time", () => {
    const both = ban(ban({ ...NO_MEETING, occupied: true, locked: true }, "a", 0), "b", 100);
    const kept = withoutOldBans(changedMeeting(both, { locked: true }, at(150)), at(50), at(200));
    expect(kept).toEqual({ ...both, banned: ["b"], bannedAt: [at(100)] });
    expect(withoutOldBans(kept, at(101), at(200))).toMatchObject({ banned: [], locked: true });
  });

  it("counts anew from the latest time that they were thrown out", () => {
    const again = ban(ban(ban(NO_MEETING, "a", 0), "b", 10), "a", 100);
    expect(withoutOldBans(again, at(50), at(200)).banned).toEqual(["a"]);
  });

  it("leaves nothing of a meeting of which nothing else matters", () => {
    const meeting = ban({ ...NO_MEETING, occupied: true }, "a", 0);
    expect(withoutOldBans(meeting, at(1), at(200))).toEqual(NO_MEETING);
  });

  it("counts from now where an earlier version did not write down when", () => {
    const { bannedAt: _, ...earlier } = ban(NO_MEETING, "a", 0);
    const kept = withoutOldBans({ ...NO_MEETING, ...earlier }, at(50), at(200));
    expect(kept).toMatchObject({ banned: ["a"], bannedAt: [at(200)] });
  });
});

describe("those who are left when a room ends", () => {
  const ended: Meeting = { ...NO_MEETING, occupied: true, hosted: true, endsAt: at(60) };
  it("are hung up on five times at most, ever more seldom, each time under a key of its own", () => {
    const asked = tries(ended, () => ["a"]);
    expect(asked.map(([seconds]) => seconds)).toEqual([60, 90, 150, 270, 510]);
    expect(new Set(asked.map(([, , key]) => key)).size).toBe(5);
  });

  it("are those who were there when it ended, as long as they are", () => {
    const asked = tries(ended, (seconds) => (seconds < 80 ? ["a", "b"] : ["b", "newcomer"]));
    expect(asked.map(([, legs]) => legs)).toEqual([["a", "b"], ["b"], ["b"], ["b"], ["b"]]);
    const gone = tries(ended, (seconds) => (seconds < 80 ? ["a"] : ["newcomer"]));
    expect(gone.map(([, legs]) => legs)).toEqual([["a"], []]);
  });

  it("are left alone once a moderator is back, or on their way", () => {
    const { after: asked } = hangUpDue(ended, ["a"], at(60)) ?? { after: ended };
    expect(asked.clearing).not.toBeNull();
    expect(meetingAfter(asked, [present()], null, at(70)).clearing).toEqual(asked.clearing);
    for (const host of [present(HOST), expected(HOST)]) {
      expect(meetingAfter(asked, [present(), host], null, at(70)).clearing).toBeNull();
    }
    expect(meetingAfter(asked, [], null, at(70))).toEqual(NO_MEETING);
  });
});

describe("what has to be followed", () => {
  it.each<[Partial<Meeting>, boolean]>([
    [{}, false],
    [{ occupied: true }, false],
    [{ locked: true }, true],
    [{ banned: ["447700900123"] }, true],
    [{ started: true }, true],
    [{ hosted: true }, true],
    [{ clearing: { since: 0, legs: ["leg"], tries: 1, nextAt: 1 } }, true],
  ])("%j: %s", (meeting, expectation) => {
    expect(matters({ ...NO_MEETING, ...meeting })).toBe(expectation);
  });
});

it("counts a place for who is there or on their way, and for nobody else", () => {
  const phases = ["expected", "arriving", "in", "away", "refused", "gone"] as const;
  expect(phases.filter(holdsPlace)).toEqual(["expected", "arriving", "in"]);
});
