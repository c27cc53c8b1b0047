/** The legs' rows, with what must follow them: the route cache, and the alarm for the next thing that is due. */
import type { Delivery } from "../conference/state/delivery.ts";
import { dayOf, startOfDay } from "../lib/time.ts";
import { legDays, retentionDays } from "../config/settings.ts";
import { Alarm } from "../durable/alarm.ts";
import type { Delivered } from "./admission.ts";
import { RouteCache } from "./route-cache.ts";
import { holding, invited, newRow, type LegRow } from "./leg-row.ts";
import { LegRows, type StoredRow } from "./leg-rows.ts";

export class LegStore {
  readonly #env: Env;
  readonly #rows: LegRows;
  readonly alarm: Alarm;
  readonly #routes = new RouteCache();
  #version = 0;

  constructor(storage: DurableObjectStorage, env: Env) {
    this.#env = env;
    this.#rows = new LegRows(storage.sql);
    this.alarm = new Alarm(storage);
  }

  /** Changes with every row written. While it is unchanged, a row that was read is still current, and need not be read again. */
  get version(): number {
    return this.#version;
  }

  find(leg: string): StoredRow | null {
    return this.#rows.find(leg);
  }

  save(before: StoredRow | null, after: LegRow): void {
    this.#rows.save(before, after, Date.now());
    this.#version += 1;
    this.#routes.update(after);
  }

  /** Saves a row, and sets the alarm to when something is due for it. */
  async saveAndWake(before: StoredRow | null, after: LegRow): Promise<void> {
    this.save(before, after);
    await this.wakeFor(after.dueAt);
  }

  /** Sets the alarm. If nothing is due (null), it rings when the day of today can be dropped. */
  async wakeFor(dueAt: number | null): Promise<void> {
    const now = Date.now();
    await this.alarm.by(dueAt ?? this.#droppedAt(dayOf(now)), now);
  }

  /** Holds a webhook. Once this resolves, it is durable in its leg's row, unless `too many`. `ours`: we called this leg. */
  async hold(leg: string, delivery: Delivery, ours = false): Promise<Delivered> {
    const now = Date.now();
    const row = this.#rows.find(leg);
    const conference = row?.outcome?.kind === "conference" ? row.outcome.conference : null;
    const known = row ?? newRow(leg, now);
    const after = holding(ours ? invited(known, now) : known, delivery, now);
    if (typeof after === "string") return { outcome: after, conference, settled: false };
    await this.saveAndWake(row, after);
    return { outcome: "held", conference, settled: false };
  }

  /** The conference to which a leg's webhooks go straight; null if none is known, or if other webhooks are held before them. */
  directRouteOf(leg: string): string | null {
    const cached = this.#routes.get(leg);
    if (cached !== undefined) return cached;
    const row = this.#rows.find(leg);
    if (row?.outcome?.kind !== "conference" || row.held.length > 0) return null;
    if (row.outcome.recallFrom !== undefined) return null;
    this.#routes.update(row);
    return row.outcome.conference;
  }

  /** Whether the route to that conference is cached: it is final, so the Worker may send the leg's next webhooks there itself. */
  isRouted(leg: string, conference: string): boolean {
    return this.#routes.get(leg) === conference;
  }

  isIn(leg: string, conference: string): boolean {
    const outcome = this.#rows.find(leg)?.outcome;
    return outcome?.kind === "conference" && outcome.conference === conference;
  }

  /** The legs for which something is due, at most `limit` of them. */
  due(now: number, limit: number): StoredRow[] {
    return this.#rows.due(now, limit);
  }

  /** Postpones a leg whose row cannot be written. */
  postpone(row: StoredRow, dueAt: number): void {
    this.#rows.postpone(row, dueAt);
  }

  /** Drops expired days, and sets the alarm to what is due next. To be called last in the alarm. */
  async cleanUp(now: number): Promise<void> {
    const today = dayOf(now);
    this.#rows.dropBefore(today - legDays(this.#env), today - retentionDays(this.#env));
    this.#routes.clear();
    const oldest = this.#rows.oldestDay();
    const next = this.#rows.nextDue() ?? (oldest === null ? null : this.#droppedAt(oldest));
    await this.alarm.by(next, Date.now());
  }

  #droppedAt(day: number): number {
    return startOfDay(day + legDays(this.#env) + 1);
  }
}
