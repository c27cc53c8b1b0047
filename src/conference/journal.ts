/** The append-only log of the webhooks that a conference accepted. */
import { DayTables, dayOf } from "../lib/day-tables.ts";
import { JOURNAL_COLUMNS } from "./schema.ts";

/** Times in milliseconds since the epoch. */
export interface JournalEntry {
  leg: string | null;
  kind: string;
  status: string | null;
  /** The webhook's own time; null where it has none. */
  at: number | null;
  receivedAt: number;
  /** `applied`: it belongs to the leg's set and can matter to it; `ignored`: it is only written down. */
  outcome: "applied" | "ignored";
  /** The webhook as it came, as JSON, without digits that the caller entered. */
  body: string;
}

export type NumberedEntry = JournalEntry & { seq: number };

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

/** What one answer may carry across the platform's calls is limited to 32 MiB. */
const MAX_PAGE_CHARACTERS = 4 * 1024 * 1024;

export class Journal {
  readonly #sql: SqlStorage;
  readonly #tables: DayTables;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#tables = new DayTables(sql, "journal", JOURNAL_COLUMNS);
  }

  /** Appends entries and numbers them; sequence numbers grow by one and are never used again. */
  append(entries: readonly JournalEntry[], now: number): void {
    if (entries.length === 0) return;
    const newest = this.#tables.newest();
    // A clock that was set back must not put later numbers into an earlier day's table.
    const day = Math.max(dayOf(now), newest?.day ?? 0);
    const first = newest?.day === day ? newest.first : this.#next(newest);
    if (newest?.day !== day) this.#tables.open(day, first);
    const table = this.#tables.name(day);
    for (const entry of entries) {
      this.#sql.exec(
        `INSERT INTO ${table} (seq, leg, kind, status, at, received_at, outcome, body)
         VALUES ((SELECT coalesce(max(seq) + 1, ?) FROM ${table}), ?, ?, ?, ?, ?, ?, ?)`,
        first,
        entry.leg,
        entry.kind,
        entry.status,
        entry.at,
        entry.receivedAt,
        entry.outcome,
        entry.body,
      );
    }
  }

  /** The entries numbered above `after`, in order, at most `limit` of them, and whether there are more. */
  read(after: number, limit: number): { entries: NumberedEntry[]; more: boolean } {
    const days = this.#tables.days().toReversed();
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

  /** Every entry of one leg, in order. Reads whole days: only for what happens once in a long while. */
  ofLeg(leg: string): NumberedEntry[] {
    const days = this.#tables.days().toReversed();
    return days.flatMap(({ day }) => Array.from(this.#rowsOf(day, "leg = ?", leg), fromRow));
  }

  /** Drops the days before `day`, and keeps the numbering. */
  dropBefore(day: number): void {
    const old = this.#tables.days().filter((table) => table.day < day);
    if (old.length === 0) return;
    this.#tables.remember(this.#next(this.#tables.newest()));
    for (const table of old) this.#tables.drop(table.day);
  }

  /** The oldest day that has entries; null where there are none. */
  oldestDay(): number | null {
    return this.#tables.days().at(-1)?.day ?? null;
  }

  #next(newest: { day: number; first: number } | null): number {
    if (newest === null) return 1;
    if (newest.day === 0) return newest.first;
    const table = this.#tables.name(newest.day);
    return this.#sql
      .exec<{ next: number }>(
        `SELECT coalesce(max(seq) + 1, ?) AS next FROM ${table}`,
        newest.first,
      )
      .one().next;
  }

  /** Read lazily: whoever has enough stops. */
  #rowsOf(day: number, condition: string, value: number | string): SqlStorageCursor<Row> {
    return this.#sql.exec<Row>(
      `SELECT seq, leg, kind, status, at, received_at, outcome, body FROM ${this.#tables.name(day)}
       WHERE ${condition} ORDER BY seq`,
      value,
    );
  }
}

function fromRow({ received_at, ...entry }: Row): NumberedEntry {
  return { ...entry, receivedAt: received_at };
}
