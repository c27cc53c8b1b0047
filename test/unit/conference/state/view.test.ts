import { expect, it } from "vitest";
import { NO_MEETING } from "../../../../src/conference/state/meeting.ts";
import { participant } from "../../../../src/conference/state/leg/participant.ts";
import { conferenceView } from "../../../../src/conference/state/view.ts";
import type { Fact } from "../../../../src/conference/state/leg/fact.ts";
import { admission, at, status, transfer } from "../../../support/webhooks.ts";

function view(sets: Record<string, Fact[]>, seconds: number): ReturnType<typeof conferenceView> {
  const legs = Object.entries(sets).map(
    ([leg, set]) => [leg, participant(set, at(seconds), 3_600_000)] as const,
  );
  return conferenceView("standup", legs, [], 0, NO_MEETING, at(seconds));
}

it("counts who is in, and says how many of them are confirmed and how many are on their way", () => {
  const shown = view(
    {
      confirmed: [admission(0), transfer("origin", "room", 5)],
      unconfirmed: [admission(0), status("answered", 1)],
      arriving: [admission(90), status("answered", 95)],
      expected: [admission(99)],
      gone: [admission(0), transfer("origin", "room", 5), status("completed", 50)],
    },
    100,
  );
  expect(shown).toMatchObject({
    count: 2,
    confirmed: 1,
    arriving: 1,
    split: false,
    asOf: new Date(at(100)).toISOString(),
  });
  expect(shown.participants.map(({ leg }) => leg)).toEqual([
    "unconfirmed",
    "confirmed",
    "arriving",
    "expected",
  ]);
});

it("says that the room is split when two confirmed legs are in different conversations of the carrier's", () => {
  const here = [admission(0), transfer("origin", "room-in-europe", 5)];
  const there = [admission(0), transfer("origin", "room-in-asia", 5)];
  expect(view({ here, there }, 10).split).toBe(true);
  expect(view({ here, there: [...there, status("completed", 9)] }, 10).split).toBe(false);
});
