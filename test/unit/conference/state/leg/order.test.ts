/** The promise that everything rests on: what is shown depends on which webhooks came, and on nothing else about them. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFact } from "../../../../../src/conference/state/leg/leg-set.ts";
import { NO_MEETING } from "../../../../../src/conference/state/meeting.ts";
import {
  participant,
  type Participant,
} from "../../../../../src/conference/state/leg/participant.ts";
import { conferenceView } from "../../../../../src/conference/state/view.ts";
import type { Fact } from "../../../../../src/conference/state/leg/fact.ts";
import { anyDelivery, T0, terminal, trace, webhook } from "../../../../support/traces.ts";

const TRACES = 3_000;
const MAX_CALL_MS = 6 * 3_600_000;

/** Before, during and long after everything, and the years in which an impossible time comes true. */
const moments = fc.oneof(
  fc.integer({ min: -100, max: 1_000 }).map((seconds) => T0 + seconds * 1000),
  fc.constantFrom(T0 + MAX_CALL_MS, T0 + MAX_CALL_MS * 2, Date.parse("2099-01-01T00:00:00Z")),
);

function fold(webhooks: readonly Fact[]): readonly Fact[] {
  return webhooks.reduce<readonly Fact[]>((set, one) => addFact(set, one).set, []);
}

function read(set: readonly Fact[], now: number): Participant {
  return participant(set, now, MAX_CALL_MS);
}

describe("a leg is the set of its webhooks", () => {
  it("shows the same at every moment for any order and repetition", () => {
    const property = fc.property(
      trace.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
      fc.array(moments, { minLength: 4, maxLength: 8 }),
      ([sent, delivered], times) => {
        const [once, shuffled] = [fold(sent), fold(delivered)];
        for (const now of times) expect(read(shuffled, now)).toEqual(read(once, now));
      },
    );
    fc.assert(property, { numRuns: TRACES });
  });

  it("shows the same for any order even of more webhooks than a set holds", () => {
    const many = fc.array(webhook, { minLength: 65, maxLength: 150 });
    const property = fc.property(
      many.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
      moments,
      ([sent, delivered], now) => {
        const [once, shuffled] = [fold(sent), fold(delivered)];
        expect(once.length).toBeLessThanOrEqual(64);
        expect(read(shuffled, now)).toEqual(read(once, now));
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it("never brings back a leg that the carrier ended", () => {
    const property = fc.property(
      trace,
      terminal,
      fc.array(webhook, { maxLength: 20 }),
      moments,
      (before, end, later, now) => {
        const set = fold([...before, end, ...later]);
        expect(read(set, now).phase).toBe("gone");
      },
    );
    fc.assert(property, { numRuns: TRACES });
  });

  it("changes by itself exactly when it says so, and not before", () => {
    const property = fc.property(trace, moments, (sent, now) => {
      const set = fold(sent);
      const { nextChangeAt, ...shown } = read(set, now);
      if (nextChangeAt === null) {
        const later = read(set, now + 10 * MAX_CALL_MS);
        expect([later.phase, later.reason]).toEqual([shown.phase, shown.reason]);
        return;
      }
      expect(nextChangeAt).toBeGreaterThan(now);
      const { nextChangeAt: _, ...justBefore } = read(set, nextChangeAt - 1);
      expect(justBefore).toEqual(shown);
    });
    fc.assert(property, { numRuns: TRACES });
  });
});

describe("a conference is the sum of its legs", () => {
  it("counts the same for any interleaving of its legs' webhooks, and never below zero", () => {
    const calls = fc.array(trace, { minLength: 1, maxLength: 6 });
    const tagged = calls.map((all) =>
      all.flatMap((sent, leg) => sent.map((one) => ({ leg: `leg-${leg}`, webhook: one }))),
    );
    const property = fc.property(
      tagged.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
      moments,
      ([sent, delivered], now) => {
        const [once, shuffled] = [sent, delivered].map((all) => show(all, now));
        expect(shuffled).toEqual(once);
        expect(once?.count).toBe(once?.participants.filter(({ phase }) => phase === "in").length);
        expect(once?.count).toBeGreaterThanOrEqual(once?.confirmed ?? 0);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

function show(
  all: readonly { leg: string; webhook: Fact }[],
  now: number,
): ReturnType<typeof conferenceView> {
  const sets = new Map<string, readonly Fact[]>();
  for (const { leg, webhook: one } of all) sets.set(leg, addFact(sets.get(leg) ?? [], one).set);
  const legs = [...sets].map(([leg, set]) => [leg, read(set, now)] as const);
  return conferenceView("standup", legs, [], 0, NO_MEETING, now);
}
