import { expect, it } from "vitest";
import { LookUps } from "../../../../src/conference/effects/look-ups.ts";
import { participant, type Participant } from "../../../../src/conference/state/leg/participant.ts";
import { admission, at, status, transfer } from "../../../support/webhooks.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const SILENT_MS = 30 * MINUTE * 1000;

function leg(): Participant {
  const set = [admission(0), status("answered", 1), transfer("origin", "room", 5)];
  return participant(set, at(10), 48 * HOUR * 1000);
}

/** The seconds after which a leg is looked up that is asked about at each of these moments in vain. */
function moments(lookUps: LookUps, count: number): number[] {
  return Array.from({ length: count }, () => {
    const due = lookUps.dueAt("leg", leg()) ?? Number.NaN;
    lookUps.asked("leg", leg(), due);
    return (due - at(0)) / 1000;
  });
}

it("asks about a leg that has been silent for so long", () => {
  expect(new LookUps(SILENT_MS).dueAt("leg", leg())).toBe(at(5) + SILENT_MS);
});

it("does not ask about one without any time", () => {
  const timeless = participant([transfer("origin", "room", null)], at(10), HOUR * 1000);
  expect(new LookUps(SILENT_MS).dueAt("leg", timeless)).toBeNull();
});

it("asks ever more seldom where nothing comes of it, and every four hours in the end", () => {
  const first = 5 + 30 * MINUTE;
  const pauses = [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR];
  const expected = pauses.reduce<number[]>(
    (all, pause) => [...all, (all.at(-1) ?? 0) + pause],
    [first],
  );
  expect(moments(new LookUps(SILENT_MS), 6)).toEqual(expected);
});

it("waits the whole time again after a sign of life", () => {
  const lookUps = new LookUps(SILENT_MS);
  const due = lookUps.dueAt("leg", leg()) ?? 0;
  lookUps.asked("leg", leg(), due);
  const heardOf = { ...leg(), lastSignAt: at(40 * MINUTE) };
  expect(lookUps.dueAt("leg", heardOf)).toBe(at(70 * MINUTE));
});

it("forgets after a sign of life how long it had waited in vain", () => {
  const lookUps = new LookUps(SILENT_MS);
  moments(lookUps, 5);
  const heardOf = { ...leg(), lastSignAt: at(8 * HOUR) };
  const due = lookUps.dueAt("leg", heardOf) ?? Number.NaN;
  expect(due).toBe(at(8 * HOUR) + SILENT_MS);
  lookUps.asked("leg", heardOf, due);
  expect(lookUps.dueAt("leg", heardOf)).toBe(due + SILENT_MS);
});

it("asks after the same silence each time where each answer is a sign of life", () => {
  const lookUps = new LookUps(SILENT_MS);
  let lastSignAt = at(0);
  for (let times = 0; times < 5; times++) {
    const record = { ...leg(), lastSignAt };
    const due = lookUps.dueAt("leg", record) ?? Number.NaN;
    expect(due - lastSignAt).toBe(SILENT_MS);
    lookUps.asked("leg", record, due);
    lastSignAt = due;
  }
});

it("never asks more often than a silent leg is looked for, however long that is", () => {
  const day = 24 * HOUR * 1000;
  const lookUps = new LookUps(day);
  const [first = 0, second = 0, third = 0] = moments(lookUps, 3);
  expect([second - first, third - second]).toEqual([24 * HOUR, 24 * HOUR]);
});

it("forgets legs that are gone", () => {
  const lookUps = new LookUps(SILENT_MS);
  moments(lookUps, 3);
  lookUps.keepOnly(new Set());
  expect(lookUps.dueAt("leg", leg())).toBe(at(5) + SILENT_MS);
});
