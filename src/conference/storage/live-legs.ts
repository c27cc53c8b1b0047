/**
 * The live legs in memory, with their numbers. Gone legs are only in SQL. Memory follows SQL: the owner writes a row first and
 * then calls `keep` or `forget`.
 */
import { dayOf } from "../../lib/time.ts";
import { Census } from "../state/census.ts";
import type { LegTable } from "./leg-table.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";
import { holdsPlace } from "../state/meeting.ts";
import { participant, type Participant } from "../state/leg/participant.ts";

/** `maxCallMs`: how long a leg may give no sign of life. `legDays`: how long the switchboard keeps a leg. */
export interface Spans {
  maxCallMs: number;
  legDays: number;
}

export class LiveLegs {
  readonly #legs: LegTable;
  readonly #spans: Spans;
  readonly #live: Map<string, StoredLeg>;
  /** The legs that held a place at the last look; null: not counted since this object woke. */
  #places: Set<string> | null = null;
  #census: Census | null = null;

  constructor(legs: LegTable, spans: Spans) {
    this.#legs = legs;
    this.#spans = spans;
    this.#live = new Map(legs.live().map((leg) => [leg.leg, leg]));
  }

  /** A live or gone leg. Looks no further back than the switchboard does: nothing can arrive for an older leg. */
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

  /** The numbers, as of the last look at each leg. */
  census(now: number): Census {
    return this.#census ?? this.recount(now);
  }

  /** Counts every leg again, since time alone may have changed records. */
  recount(now: number): Census {
    const census = new Census();
    for (const [leg, record] of this.entries(now)) census.note(leg, record);
    this.#census = census;
    return census;
  }

  /** Call this after a live leg was deleted. */
  forget(leg: string): void {
    this.#live.delete(leg);
    this.#places?.delete(leg);
    this.#census = null;
  }

  /** Call this after a leg was written. */
  keep(leg: StoredLeg, record: Participant): void {
    const { phase } = record;
    this.#census?.note(leg.leg, record);
    if (leg.gone === 0) this.#live.set(leg.leg, leg);
    else this.#live.delete(leg.leg);
    if (holdsPlace(phase)) this.#places?.add(leg.leg);
    else this.#places?.delete(leg.leg);
  }

  /**
   * How many legs besides this one hold a place. Below `limit` the number may be too high, since legs that have just lapsed may be
   * among them: everybody is recounted only where somebody would be turned away.
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
