/**
 * The append-only log of the webhooks that a conference accepted, in one table per day. Sequence numbers grow by one, are never
 * used twice, and survive the dropping of old days.
 */
import type { Database } from "../../durable/database.ts";
import { DayTables } from "../../durable/day-tables.ts";
import { dayOf } from "../../lib/time.ts";
import type { JournalEntry, NumberedEntry } from "../state/journal-entry.ts";
import { JOURNAL_COLUMNS } from "./schema.ts";

type Row = {
  seq: number;
  leg: string | null;
  kind: string;
  status: string | null;
  at: number | null;
  received_at: number;
  outcome: "applied" | "ignored";
  body: string;
};

/** A page ends after so many characters: the platform limits an RPC answer to 32 MiB. */
const MAX_PAGE_CHARACTERS = 4 * 1024 * 1024;

/** Where the next entry goes. */
interface Position {
  day: number;
  seq: number;
}

export class Journal {
  readonly #db: Database;
  readonly #tables: DayTables;
  /** Cached, which saves two reads per webhook: only this object writes the journal. Null: not read yet. */
  #position: Position | null = null;

  constructor(db: Database) {
    this.#db = db;
    this.#tables = new DayTables(db.sql, "journal", JOURNAL_COLUMNS);
  }

  /**
   * Appends entries, at least one, and numbers them. If the surrounding transaction fails, the caller must call
   * `forgetPosition`.
   *
   * @returns the number of the first entry.
   */
  append(entries: readonly JournalEntry[], now: number): number {
    const { day, seq } = this.#positionOn(dayOf(now));
    const table = this.#tables.name(day);
    entries.forEach((entry, index) => {
      this.#db.sql.exec(
        `INSERT INTO ${table} (seq, leg, kind, status, at, received_at, outcome, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        seq + index,
        entry.leg,
        entry.kind,
        entry.status,
        entry.at,
        entry.receivedAt,
        entry.outcome,
        entry.body,
      );
    });
    this.#position = { day, seq: seq + entries.length };
    return seq;
  }

  forgetPosition(): void {
    this.#position = null;
  }

  /** The number of the latest entry; 0 where there is none yet. */
  latest(): number {
    return (this.#position?.seq ?? this.#next(this.#newest())) - 1;
  }

  /** The entries numbered above `after`, in order, at most `limit` of them, and whether there are more. */
  read(after: number, limit: number): { entries: NumberedEntry[]; more: boolean } {
    const days = this.#days();
    const entries: NumberedEntry[] = [];
    let characters = 0;
    for (const [index, { day }] of days.entries()) {
      const next = days[index + 1];
      if (next !== undefined && next.first <= after + 1) continue;
      for (const row of this.#rowsOf(day, "seq > ?", after)) {
        if (entries.length === limit || characters > MAX_PAGE_CHARACTERS) {
          return { entries, more: true };
        }
        entries.push(fromRow(row));
        characters += row.body.length;
      }
    }
    return { entries, more: false };
  }

  /** Every entry of one leg, in order. Reads whole days, so only for rare operations. */
  ofLeg(leg: string): NumberedEntry[] {
    const days = this.#days();
    return days.flatMap(({ day }) => Array.from(this.#rowsOf(day, "leg = ?", leg), fromRow));
  }

  /** The legs that have entries on the days before `day`. Reads whole days. */
  legsBefore(day: number): Set<string> {
    const old = this.#days().filter((table) => table.day < day);
    const named = old.flatMap((table) =>
      this.#db.rows<{ leg: string }>(
        `SELECT DISTINCT leg FROM ${this.#tables.name(table.day)} WHERE leg IS NOT NULL`,
      ),
    );
    return new Set(named.map(({ leg }) => leg));
  }

  /** Drops the days before `day`. Numbering goes on. */
  dropBefore(day: number): void {
    const old = this.#days().filter((table) => table.day < day);
    if (old.length === 0) return;
    this.#tables.remember(this.#next(this.#newest()));
    for (const table of old) this.#tables.drop(table.day);
    this.#position = null;
  }

  /** The oldest day that has entries; null where there are none. */
  oldestDay(): number | null {
    return this.#days()[0]?.day ?? null;
  }

  /** Where an entry of `today` goes. Creates the table of the day if needed. */
  #positionOn(today: number): Position {
    if (this.#position !== null && this.#position.day >= today) return this.#position;
    const newest = this.#newest();
    // If the clock was set back, later numbers must not go into an earlier day's table.
    const day = Math.max(today, newest?.day ?? 0);
    const seq = this.#next(newest);
    if (newest?.day !== day) this.#tables.open(day, seq);
    return { day, seq };
  }

  #newest(): { day: number; first: number } | null {
    return this.#db.exists ? this.#tables.newest() : null;
  }

  /** The days that have a table, oldest first. */
  #days(): { day: number; first: number }[] {
    return this.#db.exists ? this.#tables.days().toReversed() : [];
  }

  #next(newest: { day: number; first: number } | null): number {
    if (newest === null) return 1;
    if (newest.day === 0) return newest.first;
    const table = this.#tables.name(newest.day);
    return this.#db.sql
      .exec<{ next: number }>(
        `SELECT coalesce(max(seq) + 1, ?) AS next FROM ${table}`,
        newest.first,
      )
      .one().next;
  }

  /** Rows are read lazily, so a caller that has enough may stop. */
  #rowsOf(day: number, condition: string, value: number | string): SqlStorageCursor<Row> {
    return this.#db.sql.exec<Row>(
      `SELECT seq, leg, kind, status, at, received_at, outcome, body FROM ${this.#tables.name(day)}
       WHERE ${condition} ORDER BY seq`,
      value,
    );
  }
}

function fromRow({ received_at, ...entry }: Row): NumberedEntry {
  return { ...entry, receivedAt: received_at };
}
