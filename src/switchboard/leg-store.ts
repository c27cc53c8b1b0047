/** The legs' rows with all that hangs on them: which ways are clear, and the alarm that rings when something is due. */
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
  readonly #wake: Alarm;
  readonly #clearWays = new RouteCache();
  #saves = 0;

  constructor(storage: DurableObjectStorage, env: Env) {
    this.#env = env;
    this.#rows = new LegRows(storage.sql);
    this.#wake = new Alarm(storage);
  }

  /** Grows with every row written: while it stands still, what was read still holds. */
  get saves(): number {
    return this.#saves;
  }

  find(leg: string): StoredRow | null {
    return this.#rows.find(leg);
  }

  save(before: StoredRow | null, after: LegRow): void {
    this.#rows.save(before, after, Date.now());
    this.#saves += 1;
    this.#clearWays.follow(after);
  }

  /** The same, with the alarm at the moment at which something is due about it. */
  async saveAndWake(before: StoredRow | null, after: LegRow): Promise<void> {
    this.save(before, after);
    await this.wakeFor(after.dueAt);
  }

  /** Without anything due, the alarm is for dropping the oldest day. */
  async wakeFor(dueAt: number | null): Promise<void> {
    const now = Date.now();
    await this.#wake.by(dueAt ?? this.#droppedAt(dayOf(now)), now);
  }

  /** Once this resolves the webhook is durable in its leg's row. `ours`: we called this leg. */
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

  /** The conference that takes a leg's webhooks at once; null while one is not known, or others wait before them. */
  clearWayOf(leg: string): string | null {
    const known = this.#clearWays.conferenceOf(leg);
    if (known !== undefined) return known;
    const row = this.#rows.find(leg);
    if (row?.outcome?.kind !== "conference" || row.held.length > 0) return null;
    if (row.outcome.recallFrom !== undefined) return null;
    this.#clearWays.follow(row);
    return row.outcome.conference;
  }

  /** Whether that conference is a leg's for good, so that whoever knows it need not ask again. */
  isSettledIn(leg: string, conference: string): boolean {
    return this.#clearWays.conferenceOf(leg) === conference;
  }

  isIn(leg: string, conference: string): boolean {
    const outcome = this.#rows.find(leg)?.outcome;
    return outcome?.kind === "conference" && outcome.conference === conference;
  }

  /** The legs about which something has to be done by `now`, at most `limit` of them. To be called first in the alarm. */
  rang(now: number, limit: number): StoredRow[] {
    this.#wake.rang();
    return this.#rows.due(now, limit);
  }

  /** Puts a leg off whose row cannot be written. */
  postpone(row: StoredRow, dueAt: number): void {
    this.#rows.postpone(row, dueAt);
  }

  /** Forgets the days that are over, and sets the alarm to what is next. To be called last in the alarm. */
  async tidy(now: number): Promise<void> {
    const today = dayOf(now);
    this.#rows.dropBefore(today - legDays(this.#env), today - retentionDays(this.#env));
    this.#clearWays.forgetAll();
    const oldest = this.#rows.oldestDay();
    const next = this.#rows.nextDue() ?? (oldest === null ? null : this.#droppedAt(oldest));
    await this.#wake.by(next, Date.now());
  }

  #droppedAt(day: number): number {
    return startOfDay(day + legDays(this.#env) + 1);
  }
}
