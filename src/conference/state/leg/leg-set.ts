/**
 * The set of the distinct webhooks of one leg, bounded. Whatever is forgotten, nothing that is derived from the set may
 * depend on it: each class of webhooks states what it decides, and keeps the members that decide it. They are chosen by
 * total orders of the members themselves, never by when they came, so whatever was pushed out would be pushed out again.
 */
import { compare, earliestFirst, latestFirst } from "./canonical-order.ts";
import { isTerminal, telling } from "./ending.ts";
import { factKey, type ControlFact, type StatusFact, type Fact } from "./fact.ts";
import { FIRST_MOVES, LAST_MOVES } from "./location.ts";

export type Outcome = "applied" | "ignored" | "duplicate";

type Order = (a: Fact, b: Fact) => number;

/** How many members are kept that come first in an order, of those that no share before has kept. */
interface Share {
  most: number;
  before: Order;
}

interface Class {
  holds: (fact: Fact) => boolean;
  shares: readonly Share[];
}

/** A real call has two or three of each class at most. No class holds fewer than `ALWAYS_KEPT`; together 64. */
const CLASSES: readonly Class[] = [
  {
    // The release: that it was sent elsewhere. The earliest admission: who it is, what was decided of it, and which times are
    // possible. The latest one: the last sign of life.
    holds: ({ type }) => type === "admission" || type === "release",
    shares: [
      { most: 1, before: preferring(({ type }) => type === "release", earliestFirst) },
      { most: 4, before: earliestFirst },
      { most: 3, before: latestFirst },
    ],
  },
  {
    // The most telling one: why it ended. The earliest: when. The earliest with a direction: who an unadmitted leg is. The
    // latest: the last sign of life.
    holds: isTerminal,
    shares: [
      { most: 2, before: telling },
      { most: 1, before: preferring(isNaming, earliestFirst) },
      { most: 3, before: earliestFirst },
      { most: 2, before: latestFirst },
    ],
  },
  {
    // The earliest with a direction: who an unadmitted leg is. The earliest `answered`: whether and when it was. The latest:
    // the last sign of life.
    holds: ({ type }) => type === "status",
    shares: [
      { most: 2, before: preferring(isNaming, earliestFirst) },
      { most: 4, before: preferring(isAnswer, earliestFirst) },
      { most: 6, before: latestFirst },
    ],
  },
  {
    // The earliest: which conversation is its room, whether and when it came there. The latest: where it is, and the last
    // sign of life.
    holds: ({ type }) => type === "transfer",
    shares: [
      { most: FIRST_MOVES, before: earliestFirst },
      { most: LAST_MOVES, before: latestFirst },
    ],
  },
  {
    // The latest of each kind: whether it is muted, and whether it is earmuffed. The later of these: the last sign of life.
    holds: ({ type }) => type === "control",
    shares: [
      { most: 4, before: preferring(says("muted"), latestFirst) },
      { most: 4, before: preferring(says("earmuffed"), latestFirst) },
    ],
  },
  {
    // The latest look-up: the last sign of life. The others decide nothing; they are kept to know a repetition.
    holds: () => true,
    shares: [
      { most: 4, before: preferring(({ type }) => type === "look-up", latestFirst) },
      { most: 8, before: latestFirst },
    ],
  },
];

/** A set that is no larger has forgotten nothing, and need not be looked through: a call has four to eight webhooks. */
const ALWAYS_KEPT = 8;

/** Adds a webhook to a leg's set. What comes back is a new set, or the same one where nothing was added. */
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

/** What is kept of distinct webhooks. Of what it kept, with any others, it keeps what it would of all together. */
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

/** Those of a kind come first, each kind in the same order. */
function preferring(isPreferred: (fact: Fact) => boolean, order: Order): Order {
  return (a, b) => Number(isPreferred(b)) - Number(isPreferred(a)) || order(a, b);
}

/** Whether a webhook can tell who an unadmitted leg is. */
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
