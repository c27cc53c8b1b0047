/** A set is bounded. Whatever it forgets, nothing that is derived from it may change by it. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addFact, bounded } from "../../../../../src/conference/state/leg/leg-set.ts";
import {
  participant,
  type Participant,
} from "../../../../../src/conference/state/leg/participant.ts";
import { factKey, type Fact } from "../../../../../src/conference/state/leg/fact.ts";
import {
  anyDelivery,
  status as anyStatus,
  T0,
  transfer as anyTransfer,
  webhook,
} from "../../../../support/traces.ts";
import { admission, at, control, lookUp, status, transfer } from "../../../../support/webhooks.ts";

const MAX_CALL_MS = 6 * 3_600_000;

function fold(webhooks: readonly Fact[]): readonly Fact[] {
  return webhooks.reduce<readonly Fact[]>((set, one) => addFact(set, one).set, []);
}

/** Each once, and none forgotten. */
function whole(webhooks: readonly Fact[]): readonly Fact[] {
  return [...new Map(webhooks.map((one) => [factKey(one), one])).values()];
}

function keys(set: readonly Fact[]): string[] {
  return set.map(factKey).toSorted();
}

function read(set: readonly Fact[], now: number): Participant {
  return participant(set, now, MAX_CALL_MS);
}

function seconds(count: number, build: (index: number) => Fact): Fact[] {
  return Array.from({ length: count }, (_, index) => build(index + 1));
}

const moments = fc.oneof(
  fc.integer({ min: -100, max: 1_000 }).map((second) => T0 + second * 1000),
  fc.constantFrom(T0 + MAX_CALL_MS, T0 + 5 * 86_400_000, Date.parse("2099-01-01T00:00:00Z")),
);

/** Noise of all kinds, or a flood of one. */
const sets = fc.oneof(
  fc.array(webhook, { maxLength: 150 }),
  ...[anyTransfer, anyStatus].map((kind) =>
    fc
      .tuple(
        fc.array(webhook, { maxLength: 12 }),
        fc.array(kind as fc.Arbitrary<Fact>, { maxLength: 80 }),
      )
      .map(([some, flood]) => [...some, ...flood]),
  ),
);

describe("a set that was cut", () => {
  it("says what the whole set says, at every moment and in whatever order it was cut", () => {
    const property = fc.property(
      sets.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
      fc.array(moments, { minLength: 3, maxLength: 6 }),
      ([sent, delivered], times) => {
        const [all, cut] = [whole(sent), fold(delivered)];
        expect(cut.length).toBeLessThanOrEqual(64);
        for (const now of times) expect(read(cut, now)).toEqual(read(all, now));
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });

  it("keeps what it would keep of everything together, also of what was cut before", () => {
    const property = fc.property(sets, sets, (some, more) => {
      const all = whole([...some, ...more]);
      const inSteps = bounded(whole([...bounded(whole(some)), ...bounded(whole(more))]));
      expect(keys(inSteps)).toEqual(keys(bounded(all)));
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  it("is what is true, where the times are: who, since when, until when, why, and who can be heard", () => {
    const honest = fc
      .array(webhook, { maxLength: 200 })
      .map((all) => whole(all).filter((one) => hasHonestTime(one) && one.type !== "release"));
    const property = fc.property(
      honest.chain((sent) => fc.tuple(fc.constant(sent), anyDelivery(sent))),
      ([sent, delivered]) => {
        const cut = read(fold(delivered), T0 + 700_000);
        expect(cut).toMatchObject(truth(sent));
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it("knows where a leg is that was moved out and back any number of times", () => {
    const moves = fc.record({
      path: fc.array(fc.constantFrom("room", "hall", "third"), { minLength: 20, maxLength: 60 }),
      pauses: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 60, maxLength: 60 }),
      origin: fc.constantFrom("CON-origin", null),
    });
    const sent = moves.map(({ path, pauses, origin }) => {
      const way = ["origin", "room", ...path].filter((to, index, all) => to !== all[index - 1]);
      let second = 1;
      const transfers = way.slice(1).map((to, index) => {
        second += pauses[index] ?? 1;
        return transfer(way[index] ?? "", to, second);
      });
      const all: Fact[] = [{ ...admission(0), origin }, status("answered", 1), ...transfers];
      return { all, now: second, joined: pauses[0] ?? 1, isIn: way.at(-1) === "room" };
    });
    const property = fc.property(
      sent.chain((one) => fc.tuple(fc.constant(one), anyDelivery(one.all))),
      ([{ all, now, joined, isIn }, delivered]) => {
        for (const set of [fold(delivered), whole(all)]) {
          expect(read(set, at(now))).toMatchObject({
            phase: isIn ? "in" : "away",
            home: "CON-room",
            joinConfirmed: true,
            joinedAt: at(1 + joined),
            lastSignAt: at(now),
          });
        }
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});

describe("a set forgets no", () => {
  const joined = [admission(0), status("answered", 1), transfer("origin", "room", 5)];
  it.each<[string, Fact[], number, Partial<Participant>]>([
    [
      "way in, after which the leg was moved away for good",
      [
        ...joined,
        ...seconds(8, (n) => transfer("room", "hall", n * 10)),
        ...seconds(8, (n) => transfer("hall", "room", n * 10 + 5)),
        transfer("room", "hall", 90),
      ],
      91,
      { phase: "away", home: "CON-room", joinedAt: at(5) },
    ],
    [
      "way in, for transfers without a time",
      [...joined, ...seconds(20, (n) => transfer(`a${n}`, `b${n}`, null))],
      91,
      { phase: "in", home: "CON-room" },
    ],
    [
      "release, whatever else is known of it",
      [...seconds(20, (n) => transfer(`${n}`, `${n + 1}`, n)), { type: "release", at: at(30) }],
      31,
      { phase: "gone", reason: "sent elsewhere" },
    ],
    [
      "end, though others tell more of it",
      [
        ...joined,
        status("completed", 60),
        ...seconds(9, (n) => status("busy", 60 + n, { detail: String(n) })),
      ],
      100,
      { leftAt: at(60), reason: "busy (1)" },
    ],
    [
      "last sign of life, though it was answered many times",
      seconds(30, (n) => status("answered", n * 1_000)),
      30_000,
      { phase: "in", answeredAt: at(1_000), lastSignAt: at(30_000) },
    ],
    [
      "answer, for others without a time",
      [...joined, ...seconds(10, (n) => status("answered", null, { detail: String(n) }))],
      100,
      { answeredAt: at(1) },
    ],
    [
      "name of a caller whose answer webhook never came",
      [
        status("started", 0, { from: "the caller" }),
        ...seconds(20, (n) => status("ringing", n, { direction: null, from: null })),
      ],
      30,
      { caller: "the caller" },
    ],
    [
      "earmuff, however often the leg was muted since",
      [
        ...joined,
        control(10, { earmuffed: true }),
        ...seconds(20, (n) => control(10 + n, { muted: n % 2 === 0 })),
      ],
      100,
      { muted: true, earmuffed: true },
    ],
    [
      "mute, however often the leg was earmuffed since",
      [
        ...joined,
        control(10, { muted: true }),
        ...seconds(20, (n) => control(10 + n, { earmuffed: n % 2 === 0 })),
      ],
      100,
      { muted: true, earmuffed: true },
    ],
    [
      "sign of life that was looked up",
      [
        ...joined,
        ...seconds(20, (n) => lookUp("answered", n * 10_000)),
        ...seconds(20, (n) => ({ type: "other", kind: "rtc", timestamp: null, digest: String(n) })),
      ],
      200_000,
      { phase: "in", lastSignAt: at(200_000) },
    ],
  ])("%s", (_, sent, now, expected) => {
    for (const set of [fold(sent), fold(sent.toReversed()), whole(sent)]) {
      expect(read(set, at(now))).toMatchObject(expected);
    }
  });
});

it("lets the first of two admissions stand, however long after it the other came", () => {
  const set = [
    admission(0, { caller: "the first" }),
    admission(4 * 86_400, { caller: "the second" }),
  ];
  expect(read(set, at(4 * 86_400))).toMatchObject({ caller: "the first" });
});

it("still reads a set as it was kept before, sixteen transfers without the way in", () => {
  const kept = [
    admission(0),
    ...seconds(8, (n) => transfer("room", "hall", n * 10)),
    ...seconds(8, (n) => transfer("hall", "room", n * 10 + 5)),
  ];
  expect(read(kept, at(100))).toMatchObject({ phase: "in", home: "CON-room" });
});

function hasHonestTime(one: Fact): boolean {
  const time = timeOf(one);
  return Math.abs(time - T0) < 86_400_000;
}

function timeOf(one: Fact): number {
  return "at" in one ? one.at : Date.parse(one.timestamp ?? "");
}

function timesOf(those: readonly Fact[]): number[] {
  return those.map(timeOf);
}

function orNull(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}

const TELLING = ["failed", "rejected", "busy", "cancelled", "unanswered", "timeout", "completed"];

/** What is so, by a look at everything. */
function truth(all: readonly Fact[]): Partial<Participant> {
  const named = (...names: readonly string[]): Fact[] =>
    all.filter((one) => "status" in one && names.includes(one.status));
  const answers = named("answered").filter(({ type }) => type === "status");
  const ends = named(...TELLING);
  const reason = TELLING.find((name) => named(name).length > 0);
  const lastOf = (what: "muted" | "earmuffed"): number =>
    Math.max(...timesOf(all.filter((one) => one.type === "control" && one[what] !== undefined)));
  const says = (what: "muted" | "earmuffed"): boolean[] => [
    ...new Set(
      all.flatMap((one) =>
        one.type === "control" && one[what] !== undefined && one.at === lastOf(what)
          ? [one[what]]
          : [],
      ),
    ),
  ];
  const [muted, earmuffed] = [says("muted"), says("earmuffed")];
  return {
    answeredAt: orNull(Math.min(...timesOf(answers))),
    lastSignAt: orNull(Math.max(...timesOf(all.filter(({ type }) => type !== "other")))),
    ...(ends.length > 0 && {
      phase: "gone",
      leftAt: Math.min(...timesOf(ends)),
      reason: expect.stringMatching(`^${reason}`) as string,
    }),
    // Two that contradict each other at one moment have no truth.
    ...(muted.length === 1 && muted[0] !== undefined && { muted: muted[0] }),
    ...(earmuffed.length === 1 && earmuffed[0] !== undefined && { earmuffed: earmuffed[0] }),
  };
}
