import { describe, expect, it } from "vitest";
import { Ledger } from "../../../simulator/referee/ledger.ts";
import type { Told } from "../../../simulator/referee/ledger.ts";
import type { Webhook } from "../../../simulator/webhooks/delivery.ts";
import { testimony } from "../../../simulator/referee/testimony.ts";
import type { Facts } from "../../../simulator/referee/testimony.ts";

const NOW = Date.parse("2026-06-01T12:00:00.000Z");
const BOUNDS = { maxCallMs: 3_600_000 };
const MINUTE = 60_000;

const TOLD: Told = {
  pending: 0,
  moves: 1,
  movesLost: 0,
  answered: true,
  answeredAt: NOW - 5000,
  ended: false,
  lastSignAt: NOW - 5000,
  revision: 5,
};
const FACTS: Facts = {
  isIn: true,
  hasEnded: false,
  heardCharacters: 120,
  sentIn: null,
  told: TOLD,
};

function facts(changes: Partial<Facts>, told: Partial<Told> = {}): Facts {
  return { ...FACTS, ...changes, told: { ...TOLD, ...told } };
}

const UNREPORTED = { moves: 0, movesLost: 1 };

describe("what a bridge can know of a leg", () => {
  it.each([
    ["in, where its move was reported", facts({}), "in"],
    ["nothing, while a webhook is on its way", facts({}, { pending: 1 }), "pending"],
    ["out, where it was moved elsewhere", facts({ isIn: false }), "out"],
    [
      "out, where its end was reported",
      facts({ hasEnded: true, isIn: false }, { ended: true }),
      "out",
    ],
    ["either, where its end was not", facts({ hasEnded: true, isIn: false }), "either"],
    [
      "out, where its end was not, but it has long been silent",
      facts({ hasEnded: true, isIn: false }, { lastSignAt: NOW - BOUNDS.maxCallMs - 5000 }),
      "out",
    ],
    [
      "either, where one of several moves was lost",
      facts({}, { moves: 2, movesLost: 1 }),
      "either",
    ],
    ["either, right after an unreported move", facts({}, UNREPORTED), "either"],
    [
      "in, a minute and a greeting after it was answered",
      facts({}, { ...UNREPORTED, answeredAt: NOW - MINUTE - 10_000 - 3000 }),
      "in",
    ],
    [
      "either, a minute after it was answered, but not the greeting",
      facts({}, { ...UNREPORTED, answeredAt: NOW - MINUTE - 5000 }),
      "either",
    ],
    [
      "either, where not even the answer was reported",
      facts({}, { ...UNREPORTED, answered: false, answeredAt: null }),
      "either",
    ],
    [
      "in, a minute and a greeting after the latest time that is known, where the answer had none",
      facts({}, { ...UNREPORTED, answeredAt: null, lastSignAt: NOW - MINUTE - 10_000 - 3000 }),
      "in",
    ],
    [
      "either, where it entered a PIN long after it was answered, until a minute and a greeting after that",
      facts(
        { sentIn: { after: NOW - 70_000, by: NOW - 60_000 } },
        { ...UNREPORTED, answeredAt: NOW - 10 * MINUTE },
      ),
      "either",
    ],
    [
      "in, a minute and a greeting after it entered a PIN",
      facts(
        { sentIn: { after: NOW - 80_000, by: NOW - MINUTE - 10_000 - 3000 } },
        { ...UNREPORTED, answeredAt: NOW - 10 * MINUTE },
      ),
      "in",
    ],
    [
      "out, while it is greeted after a PIN that it entered long after it was answered",
      facts(
        { isIn: false, sentIn: { after: NOW - 30_000, by: NOW - 5_000 } },
        { moves: 0, answeredAt: NOW - 10 * MINUTE },
      ),
      "out",
    ],
    ["out, while it is greeted", facts({ isIn: false }, { moves: 0 }), "out"],
  ] as const)("is %s", (_, given, expected) => {
    expect(testimony(given, BOUNDS, NOW)).toBe(expected);
  });
});

function webhook(name: string, at: number): Webhook {
  const payload = { timestamp: new Date(at).toISOString() };
  return { kind: "event", name, leg: "leg", tokenId: name, payload };
}

describe("the ledger", () => {
  it("adds up what was told, and ignores what says nothing about where a leg is", () => {
    const ledger = new Ledger();
    for (const name of ["answered", "transfer", "input", "record", "member:joined"]) {
      ledger.hear({ type: "due", webhook: webhook(name, NOW) });
      ledger.hear({ type: "accepted", webhook: webhook(name, NOW), ms: 1 });
    }
    ledger.hear({ type: "due", webhook: webhook("transfer", NOW) });
    ledger.hear({ type: "lost", webhook: webhook("transfer", NOW), reason: "", chosen: true });
    ledger.hear({ type: "due", webhook: webhook("completed", NOW) });
    expect(ledger.told("leg")).toEqual({
      pending: 1,
      moves: 1,
      movesLost: 1,
      answered: true,
      answeredAt: NOW,
      ended: false,
      lastSignAt: NOW,
      revision: 7,
    });
  });

  it.each([{}, { timestamp: "not a date" }])("takes no time from %j", (payload) => {
    const ledger = new Ledger();
    const timeless = { ...webhook("answered", NOW), payload };
    ledger.hear({ type: "due", webhook: timeless });
    ledger.hear({ type: "accepted", webhook: timeless, ms: 1 });
    expect(ledger.told("leg")).toMatchObject({ answered: true, answeredAt: null, lastSignAt: 0 });
  });
});
