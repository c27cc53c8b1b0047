/**
 * The set of the distinct facts of one leg, bounded to 64. Nothing that is derived from the set may depend on a dropped fact: each
 * class below states what its facts decide, and keeps those that decide it. They are chosen by total orders of the facts
 * themselves, never by arrival, so a fact that was dropped would be dropped again. Pure.
 */
import { compare, earliestFirst, latestFirst } from "./canonical-order.ts";
import { isTerminal, bySpecificity } from "./ending.ts";
import { factKey, type ControlFact, type StatusFact, type Fact } from "./fact.ts";
import { FIRST_MOVES, LAST_MOVES } from "./location.ts";

export type Outcome = "applied" | "ignored" | "duplicate";

type Order = (a: Fact, b: Fact) => number;

/** How many facts are kept that come first in an order, of those that no earlier share keeps. */
interface Share {
  most: number;
  before: Order;
}

interface Class {
  holds: (fact: Fact) => boolean;
  shares: readonly Share[];
}

/** A real call has at most two or three facts of each class. Each class keeps at least `ALWAYS_KEPT`, and all together 64. */
const CLASSES: readonly Class[] = [
  {
    // The release: whether the leg belongs elsewhere. The earliest admission: who the caller is, what was decided, and which
    // times are possible. The latest one: the last sign of life.
    holds: ({ type }) => type === "admission" || type === "release",
    shares: [
      { most: 1, before: preferring(({ type }) => type === "release", earliestFirst) },
      { most: 4, before: earliestFirst },
      { most: 3, before: latestFirst },
    ],
  },
  {
    // The most specific status: why the leg ended. The earliest: when. The earliest with a direction: who an unadmitted leg is.
    // The latest: the last sign of life.
    holds: isTerminal,
    shares: [
      { most: 2, before: bySpecificity },
      { most: 1, before: preferring(isNaming, earliestFirst) },
      { most: 3, before: earliestFirst },
      { most: 2, before: latestFirst },
    ],
  },
  {
    // The earliest with a direction: who an unadmitted leg is. The earliest `answered`: whether and when the leg was answered.
    // The latest: the last sign of life.
    holds: ({ type }) => type === "status",
    shares: [
      { most: 2, before: preferring(isNaming, earliestFirst) },
      { most: 4, before: preferring(isAnswer, earliestFirst) },
      { most: 6, before: latestFirst },
    ],
  },
  {
    // The earliest: which conversation is the leg's room, and when it joined. The latest: where the leg is, and the last sign of
    // life.
    holds: ({ type }) => type === "transfer",
    shares: [
      { most: FIRST_MOVES, before: earliestFirst },
      { most: LAST_MOVES, before: latestFirst },
    ],
  },
  {
    // The latest of each kind: whether the leg is muted, and whether it is earmuffed. The later of them: the last sign of life.
    holds: ({ type }) => type === "control",
    shares: [
      { most: 4, before: preferring(says("muted"), latestFirst) },
      { most: 4, before: preferring(says("earmuffed"), latestFirst) },
    ],
  },
  {
    // The latest look-up: the last sign of life. The others decide nothing; they are kept to recognise repetitions.
    holds: () => true,
    shares: [
      { most: 4, before: preferring(({ type }) => type === "look-up", latestFirst) },
      { most: 8, before: latestFirst },
    ],
  },
];

/** A set of at most this size is kept whole without a look at its classes: a call has four to eight webhooks. */
const ALWAYS_KEPT = 8;

/** Adds a fact. Idempotent: returns the same set where the fact was in it already. */
export function addFact(
  set: readonly Fact[],
  fact: Fact,
): { set: readonly Fact[]; outcome: Outcome } {
  const key = factKey(fact);
  if (set.some((member) => factKey(member) === key)) return { set, outcome: "duplicate" };
  const kept = bounded([...set, fact]);
  const applied = fact.type !== "other" && kept.includes(fact);
  return { set: kept, outcome: applied ? "applied" : "ignored" };
}

/** The facts that are kept of distinct facts. bounded(bounded(a) with b) equals bounded(a with b), for any a and b. */
export function bounded(facts: readonly Fact[]): readonly Fact[] {
  if (facts.length <= ALWAYS_KEPT) return facts;
  const members = new Map<Class, Fact[]>();
  for (const fact of facts) {
    const of = CLASSES.find(({ holds }) => holds(fact));
    if (of === undefined) continue;
    const others = members.get(of);
    if (others === undefined) members.set(of, [fact]);
    else others.push(fact);
  }
  const dropped = new Set([...members].flatMap(([{ shares }, all]) => excess(all, shares)));
  return dropped.size === 0 ? facts : facts.filter((fact) => !dropped.has(fact));
}

function excess(members: readonly Fact[], shares: readonly Share[]): readonly Fact[] {
  const room = shares.reduce((sum, { most }) => sum + most, 0);
  if (members.length <= room) return [];
  return shares.reduce<readonly Fact[]>(
    (left, { most, before }) => left.toSorted((a, b) => before(a, b) || byKey(a, b)).slice(most),
    members,
  );
}

/** The preferred facts first, and within both groups `order`. */
function preferring(isPreferred: (fact: Fact) => boolean, order: Order): Order {
  return (a, b) => Number(isPreferred(b)) - Number(isPreferred(a)) || order(a, b);
}

/** Whether a fact tells who an unadmitted leg is. */
export function isNaming(fact: Fact): fact is StatusFact {
  return fact.type === "status" && fact.direction !== null;
}

function isAnswer(fact: Fact): boolean {
  return fact.type === "status" && fact.status === "answered";
}

function says(what: "muted" | "earmuffed"): (fact: Fact) => fact is ControlFact {
  return (fact): fact is ControlFact => fact.type === "control" && fact[what] !== undefined;
}

function byKey(a: Fact, b: Fact): number {
  return compare(factKey(a), factKey(b));
}
