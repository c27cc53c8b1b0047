/** The switchboard's rows, one per leg, in a table per day. All of its SQL is in this file. */
import type { Delivery } from "../conference/state/delivery.ts";
import { DayTables } from "../durable/day-tables.ts";
import { dayOf } from "../lib/time.ts";
import type { Migration } from "../durable/migrate.ts";
import type { LegRow } from "./leg-row.ts";
import { fromWire, toWire, type WireOutcome } from "./outcome.ts";

export const migrations: readonly Migration[] = [DayTables.migration];

/**
 * `pending` is 1 while something is due for the leg. It leads the primary key, so that an alarm finds those legs without an index,
 * which would write a row of its own; changing it writes one row, like any other change. `held` holds `Delivery` objects and
 * `outcome` a `WireOutcome`, both as JSON.
 */
const COLUMNS = `(
  pending INTEGER NOT NULL,
  leg TEXT NOT NULL,
  outcome TEXT,
  held TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  due_at INTEGER,
  failures INTEGER NOT NULL,
  PRIMARY KEY (pending, leg)
) STRICT, WITHOUT ROWID`;

type Row = {
  leg: string;
  outcome: string | null;
  held: string;
  first_at: number;
  due_at: number | null;
  failures: number;
};

/** A row, with the day of the table that holds it. */
export type StoredRow = LegRow & { day: number };

export class LegRows {
  readonly #sql: SqlStorage;
  readonly #tables: DayTables;
  /** Newest first. Cached: only this object adds or drops tables. */
  #days: number[];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#tables = new DayTables(sql, "leg", COLUMNS);
    this.#days = this.#readDays();
  }

  find(leg: string): StoredRow | null {
    for (const day of this.#days) {
      const rows = this.#select(day, "pending IN (0, 1) AND leg = ?", leg);
      if (rows[0] !== undefined) return rows[0];
    }
    return null;
  }

  /** Writes one row. A new leg (`before` null) goes into the table of today. */
  save(before: StoredRow | null, after: LegRow, now: number): void {
    const day = before?.day ?? this.#openDay(now);
    const values = [
      after.dueAt === null ? 0 : 1,
      after.outcome === null ? null : JSON.stringify(toWire(after.outcome)),
      JSON.stringify(after.held),
      after.dueAt,
      after.failures,
    ];
    if (before === null) {
      this.#sql.exec(
        `INSERT INTO ${this.#tables.name(day)} (pending, outcome, held, due_at, failures, first_at, leg)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...values,
        after.firstAt,
        after.leg,
      );
      return;
    }
    this.#sql.exec(
      `UPDATE ${this.#tables.name(day)} SET pending = ?, outcome = ?, held = ?, due_at = ?, failures = ?
       WHERE pending = ? AND leg = ?`,
      ...values,
      before.dueAt === null ? 0 : 1,
      after.leg,
    );
  }

  /** The legs for which something is due, at most `limit` of them. */
  due(now: number, limit: number): StoredRow[] {
    const rows = this.#days.flatMap((day) =>
      this.#select(day, `pending = 1 AND due_at <= ? ORDER BY due_at LIMIT ${limit}`, now),
    );
    return rows.slice(0, limit);
  }

  /** Postpones a leg, without writing the rest of its row: that may be what cannot be written. */
  postpone({ day, leg }: StoredRow, dueAt: number): void {
    const table = this.#tables.name(day);
    this.#sql.exec(`UPDATE ${table} SET due_at = ? WHERE pending = 1 AND leg = ?`, dueAt, leg);
  }

  /** When something is due next; null if nothing is pending. */
  nextDue(): number | null {
    const times = this.#days.flatMap((day) => {
      const query = `SELECT min(due_at) AS due FROM ${this.#tables.name(day)} WHERE pending = 1`;
      return this.#sql.exec<{ due: number | null }>(query).one().due ?? [];
    });
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Drops the days before `day`. A day in which an acknowledged webhook still waits for its Conference is kept, but only until it
   * is before `last`: nothing is kept for longer than that.
   */
  dropBefore(day: number, last: number): void {
    for (const old of this.#days.filter((table) => table < day)) {
      if (old >= last && this.#isPending(old)) continue;
      this.#tables.drop(old);
    }
    this.#days = this.#readDays();
  }

  #isPending(day: number): boolean {
    const query = `SELECT 1 FROM ${this.#tables.name(day)} WHERE pending = 1 LIMIT 1`;
    return this.#sql.exec(query).toArray().length > 0;
  }

  oldestDay(): number | null {
    return this.#days.at(-1) ?? null;
  }

  #openDay(now: number): number {
    const day = dayOf(now);
    if (!this.#days.includes(day)) {
      this.#tables.open(day, 0);
      this.#days = this.#readDays();
    }
    return day;
  }

  #readDays(): number[] {
    return this.#tables.days().map(({ day }) => day);
  }

  #select(day: number, condition: string, value: string | number): StoredRow[] {
    return this.#sql
      .exec<Row>(
        `SELECT leg, outcome, held, first_at, due_at, failures FROM ${this.#tables.name(day)} WHERE ${condition}`,
        value,
      )
      .toArray()
      .map((row) => fromRow(row, day));
  }
}

/** The two casts are sound: `save` wrote the values from the same types. */
function fromRow(row: Row, day: number): StoredRow {
  return {
    day,
    leg: row.leg,
    outcome: row.outcome === null ? null : fromWire(JSON.parse(row.outcome) as WireOutcome),
    held: JSON.parse(row.held) as Delivery[],
    firstAt: row.first_at,
    dueAt: row.due_at,
    failures: row.failures,
  };
}
