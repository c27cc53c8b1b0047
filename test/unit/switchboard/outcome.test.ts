import { expect, it } from "vitest";
import {
  fromWire,
  toWire,
  type InConference,
  type WireOutcome,
} from "../../../src/switchboard/outcome.ts";

const room = { conference: "standup", greeting: "Welcome." };
const sent = { kind: "conference", conference: "standup", at: 1, guessed: false } as const;
const outcome: InConference = { ...sent, room };

it("is written with the room under both of its names", () => {
  expect(toWire(outcome)).toEqual({ ...sent, room, line: room });
});

it("is read back as it was written", () => {
  expect(fromWire(JSON.parse(JSON.stringify(toWire(outcome))) as WireOutcome)).toEqual(outcome);
});

it("is read also where the release before wrote it, which called the room `line`", () => {
  expect(fromWire({ ...sent, line: room })).toEqual(outcome);
});
