/**
 * Rows that are kept for some days, with one table per day. Dropping a day's table writes no rows, whereas deleting its rows
 * would write each of them. The table `day` lists the tables, each with `first`, a number that the owner of the rows chose.
 */
export class DayTables {
  readonly #sql: SqlStorage;
  readonly #prefix: string;
  readonly #definition: string;

  /** `definition` is what follows the table's name in its `CREATE TABLE`. */
  constructor(sql: SqlStorage, prefix: string, definition: string) {
    this.#sql = sql;
    this.#prefix = prefix;
    this.#definition = definition;
  }

  static readonly migration = {
    id: "day-tables",
    sql: "CREATE TABLE day (day INTEGER PRIMARY KEY, first INTEGER NOT NULL) STRICT",
  };

  name(day: number): string {
    return `${this.#prefix}_${day}`;
  }

  /** The newest day; day 0 where only a remembered number is left; null where there was no day yet. */
  newest(): { day: number; first: number } | null {
    const rows = this.#sql.exec<{ day: number; first: number }>(
      "SELECT day, first FROM day ORDER BY day DESC LIMIT 1",
    );
    return rows.toArray()[0] ?? null;
  }

  /** Every day that has a table, newest first. */
  days(): { day: number; first: number }[] {
    return this.#sql
      .exec<{ day: number; first: number }>(
        "SELECT day, first FROM day WHERE day > 0 ORDER BY day DESC",
      )
      .toArray();
  }

  open(day: number, first: number): void {
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS ${this.name(day)} ${this.#definition}`);
    this.#sql.exec("INSERT INTO day (day, first) VALUES (?, ?) ON CONFLICT DO NOTHING", day, first);
  }

  /** Keeps a number after the last table is dropped, under day 0. */
  remember(first: number): void {
    this.#sql.exec(
      "INSERT INTO day (day, first) VALUES (0, ?) ON CONFLICT (day) DO UPDATE SET first = excluded.first",
      first,
    );
  }

  drop(day: number): void {
    this.#sql.exec(`DROP TABLE IF EXISTS ${this.name(day)}`);
    this.#sql.exec("DELETE FROM day WHERE day = ?", day);
  }
}
