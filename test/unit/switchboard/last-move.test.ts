import { expect, it } from "vitest";
import type { Delivery } from "../../../src/conference/state/delivery.ts";
import type { Fact } from "../../../src/conference/state/leg/fact.ts";
import { lastMove, nextLookUpAt } from "../../../src/switchboard/last-move.ts";

function delivery(webhook: Fact, receivedAt: number): Delivery {
  return { webhook, kind: webhook.type, status: null, receivedAt, body: "{}" };
}

function moved(to: string, receivedAt: number, timestamp: string | null = null): Delivery {
  return delivery({ type: "transfer", timestamp, from: "origin", to }, receivedAt);
}

function ended(receivedAt: number): Delivery {
  const empty = { timestamp: null, direction: null, from: null, to: null, detail: null };
  return delivery({ type: "status", status: "completed", ...empty }, receivedAt);
}

const none = (at: number) => ({ kind: "none", reason: "unrouted", at }) as const;

it("is the last transfer by its own time, whatever the order in which they came", () => {
  const held = [
    moved("room", 2_000, "2026-11-01T10:00:09Z"),
    moved("prompt", 3_000, "2026-11-01T10:00:01Z"),
  ];
  expect(lastMove({ held, outcome: null })).toEqual({ to: "room", receivedAt: 2_000 });
});

it("is none of a leg that has ended, has a conference, or was turned away since", () => {
  const held = [moved("room", 2_000)];
  expect(lastMove({ held: [...held, ended(3_000)], outcome: null })).toBeNull();
  expect(lastMove({ held, outcome: none(2_000) })).toBeNull();
  expect(lastMove({ held, outcome: none(1_999) })).not.toBeNull();
  const sent = { conference: "a", room: { conference: "a" }, at: 0, guessed: true };
  expect(lastMove({ held, outcome: { kind: "conference", ...sent } })).toBeNull();
});

it("is looked up after two seconds, half a minute and ten minutes, and then no more", () => {
  const known = { held: [moved("room", 1_000)], outcome: null };
  expect([1_000, 3_000, 31_000, 601_000].map((now) => nextLookUpAt(known, now))).toEqual([
    3_000,
    31_000,
    601_000,
    null,
  ]);
  expect(nextLookUpAt({ held: [ended(1)], outcome: null }, 0)).toBeNull();
});
