import { expect, it } from "vitest";
import type {
  ConferenceDelta,
  ConferenceSnapshot,
  LiveEntry,
} from "../../../../src/contract/live-messages.ts";
import type { ConferenceView, ParticipantView } from "../../../../src/contract/conference-view.ts";
import {
  applyConference,
  viewOf,
  type ConferenceState,
} from "../../../../src/dashboard/feed/conference-state.ts";

const AS_OF = "2026-11-24T12:00:00.000Z";

const EMPTY: ConferenceView = {
  name: "standup",
  count: 0,
  confirmed: 0,
  arriving: 0,
  started: false,
  locked: false,
  endsAt: null,
  split: false,
  asOf: AS_OF,
  participants: [],
};

function participant(leg: string, changes: Partial<ParticipantView> = {}): ParticipantView {
  return {
    leg,
    caller: "447700900123",
    line: "14155550100",
    role: "guest",
    phase: "in",
    joinConfirmed: true,
    admission: "checked",
    muted: false,
    earmuffed: false,
    answeredAt: AS_OF,
    joinedAt: AS_OF,
    leftAt: null,
    reason: null,
    lastSignAt: AS_OF,
    ...changes,
  };
}

function entry(seq: number): LiveEntry {
  return {
    seq,
    leg: "a",
    kind: "status",
    status: "answered",
    at: AS_OF,
    receivedAt: AS_OF,
    outcome: "applied",
  };
}

function snapshot(seq: number, participants: ParticipantView[], journal = 0): ConferenceSnapshot {
  return { type: "snapshot", seq, conference: { ...EMPTY, participants }, journal };
}

function delta(seq: number, changes: Partial<ConferenceDelta> = {}): ConferenceDelta {
  const { participants: _, ...conference } = EMPTY;
  return {
    type: "delta",
    seq,
    conference,
    participants: [],
    left: [],
    entries: [],
    ...changes,
  };
}

function after(...messages: (ConferenceSnapshot | ConferenceDelta)[]): ConferenceState | null {
  return messages.reduce<ConferenceState | null>(applyConference, null);
}

function shown(state: ConferenceState | null): [string, boolean][] {
  return state === null ? [] : viewOf(state).participants.map(({ leg, muted }) => [leg, muted]);
}

it("puts participants in the place of those with the same leg, and takes away those who left", () => {
  const state = after(
    snapshot(1, [participant("a"), participant("b")]),
    delta(2, { participants: [participant("b", { muted: true }), participant("c")] }),
    delta(3, { left: ["a"] }),
  );
  expect(shown(state)).toEqual([
    ["b", true],
    ["c", false],
  ]);
});

it("takes the rest of the view from the latest delta as a whole", () => {
  const { participants: _, ...conference } = EMPTY;
  const locked = { ...conference, locked: true, count: 4, asOf: "2026-11-24T12:00:09.000Z" };
  const state = after(snapshot(1, []), delta(2, { conference: locked }));
  expect(state === null ? null : viewOf(state)).toEqual({ ...locked, participants: [] });
});

it("gives the view in the API's order: by arrival, those who have not arrived at the end", () => {
  const state = after(
    snapshot(1, [
      participant("waiting", { joinedAt: null, answeredAt: null }),
      participant("later", { joinedAt: "2026-11-24T12:00:05.000Z" }),
      participant("z"),
      participant("a"),
    ]),
  );
  expect(shown(state).map(([leg]) => leg)).toEqual(["a", "z", "later", "waiting"]);
});

it("knows nothing after a gap until the next snapshot, whatever comes in between", () => {
  const known = snapshot(1, [participant("a")]);
  expect(after(known, delta(3))).toBeNull();
  expect(after(known, delta(3), delta(2))).toBeNull();
  expect(after(known, delta(1))).toBeNull();
  expect(shown(after(known, delta(3), snapshot(3, [participant("b")]), delta(4)))).toEqual([
    ["b", false],
  ]);
});

it("collects the journal's entries since the snapshot, and knows the latest one's number", () => {
  const state = after(
    snapshot(1, [], 40),
    delta(2, { entries: [entry(41), entry(42)] }),
    delta(3),
    delta(4, { entries: [entry(43)] }),
  );
  expect(state?.journal).toBe(43);
  expect(state?.entries.map(({ seq }) => seq)).toEqual([41, 42, 43]);
  expect(after(snapshot(1, [], 40), delta(2))?.journal).toBe(40);
});

it("keeps the latest entries only, however long the page is open", () => {
  let state = after(snapshot(0, [], 0));
  for (let seq = 1; seq <= 600; seq += 1) {
    state = applyConference(state, delta(seq, { entries: [entry(seq)] }));
  }
  expect(state?.entries).toHaveLength(500);
  expect(state?.entries.at(-1)?.seq).toBe(600);
});
