/**
 * The legs that are not gone for good, in memory, with what their sets say; the rest is only in SQL. Memory follows SQL,
 * never the other way round.
 */
import { dayOf } from "../../lib/time.ts";
import { Census } from "../state/census.ts";
import type { LegTable } from "./leg-table.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";
import { holdsPlace } from "../state/meeting.ts";
import { participant, type Participant } from "../state/leg/participant.ts";

/** How long things are remembered: a leg without a sign of life, and a leg at all. */
export interface Spans {
  maxCallMs: number;
  legDays: number;
}

export class LiveLegs {
  readonly #legs: LegTable;
  readonly #spans: Spans;
  readonly #live: Map<string, StoredLeg>;
  /** The legs that held a place when last looked at; null: not counted since this object woke. */
  #places: Set<string> | null = null;
  #census: Census | null = null;

  constructor(legs: LegTable, spans: Spans) {
    this.#legs = legs;
    this.#spans = spans;
    this.#live = new Map(legs.live().map((leg) => [leg.leg, leg]));
  }

  /** Looks no further back than the switchboard remembers: of an older leg nothing can come any more. */
  find(leg: string, now: number): StoredLeg | null {
    const today = dayOf(now);
    const live = this.#live.get(leg);
    return live ?? this.#legs.findGone(leg, today - this.#spans.legDays, today);
  }

  all(): StoredLeg[] {
    return [...this.#live.values()];
  }

  recordOf(leg: StoredLeg, now: number): Participant {
    return participant(leg.facts, now, this.#spans.maxCallMs);
  }

  entryOf(leg: StoredLeg, now: number): [string, Participant] {
    return [leg.leg, this.recordOf(leg, now)];
  }

  entries(now: number): [string, Participant][] {
    return this.all().map((leg) => this.entryOf(leg, now));
  }

  countIn(now: number): number {
    return this.entries(now).filter(([, { phase }]) => phase === "in").length;
  }

  /** How many are there, as of the last look at each leg. */
  census(now: number): Census {
    return this.#census ?? this.recount(now);
  }

  /** Looks at every leg again: time alone may have changed it. */
  recount(now: number): Census {
    const census = new Census();
    for (const [leg, record] of this.entries(now)) census.note(leg, record);
    this.#census = census;
    return census;
  }

  /** To be told of a leg that was deleted, after it was. */
  forget(leg: string): void {
    this.#live.delete(leg);
    this.#places?.delete(leg);
    this.#census = null;
  }

  /** To be told of every leg that was written, after it was. */
  keep(leg: StoredLeg, record: Participant): void {
    const { phase } = record;
    this.#census?.note(leg.leg, record);
    if (leg.gone === 0) this.#live.set(leg.leg, leg);
    else this.#live.delete(leg.leg);
    if (holdsPlace(phase)) this.#places?.add(leg.leg);
    else this.#places?.delete(leg.leg);
  }

  /**
   * How many legs beside this one hold a place. Below `limit` those whose time has just run out may still be among them,
   * so a crowd is counted only where somebody would be turned away.
   */
  placesBeside(leg: string, limit: number, now: number): number {
    if (this.#places === null || sizeWithout(this.#places, leg) >= limit) {
      const there = this.entries(now).filter(([, { phase }]) => holdsPlace(phase));
      this.#places = new Set(there.map(([id]) => id));
    }
    return sizeWithout(this.#places, leg);
  }
}

function sizeWithout(legs: ReadonlySet<string>, leg: string): number {
  return legs.has(leg) ? legs.size - 1 : legs.size;
}
