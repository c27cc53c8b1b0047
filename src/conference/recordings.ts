/** Which recordings a conference has: known again by a hash of what was said of them, and read from the journal. */
import type { Journal, NumberedEntry } from "./journal.ts";

/** More than a year of daily meetings; the latest are the ones that matter. */
const MAX_LISTED = 1_000;

export class Recordings {
  readonly #sql: SqlStorage;
  readonly #journal: Journal;

  constructor(sql: SqlStorage, journal: Journal) {
    this.#sql = sql;
    this.#journal = journal;
  }

  /** Whether something of that id is here already. */
  has(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM recording WHERE id = ?", id).toArray().length > 0;
  }

  add(id: string, day: number, seq: number): void {
    this.#sql.exec("INSERT INTO recording (id, day, seq) VALUES (?, ?, ?)", id, day, seq);
  }

  /** What the journal says of each, the latest first. */
  list(): NumberedEntry[] {
    const rows = this.#sql
      .exec<{ seq: number }>(
        "SELECT seq FROM recording WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT ?",
        MAX_LISTED,
      )
      .toArray();
    return rows.flatMap(({ seq }) => this.#journal.read(seq - 1, 1).entries);
  }

  deleteBefore(day: number): void {
    this.#sql.exec("DELETE FROM recording WHERE day < ?", day);
  }
}
