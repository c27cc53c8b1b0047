/** The legs of a conference and their sets, in SQL. */
import type { Database } from "../../durable/database.ts";
import type { Fact } from "../state/leg/fact.ts";
import type { StoredLeg } from "../state/leg/stored-leg.ts";

type Row = {
  leg: string;
  gone: number;
  webhooks: string;
  duplicates: number;
  left_at: number | null;
};

const LIVE = 0;
const COLUMNS = "gone, leg, webhooks, duplicates, left_at";

export class LegTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  live(): StoredLeg[] {
    return this.#db.rows<Row>(`SELECT ${COLUMNS} FROM leg WHERE gone = ?`, LIVE).map(fromRow);
  }

  /** A leg that was found gone on a day from `firstDay` to `lastDay`; null if there is none. One seek per day. */
  findGone(leg: string, firstDay: number, lastDay: number): StoredLeg | null {
    const days = Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index);
    const rows = this.#db.rows<Row>(
      `SELECT ${COLUMNS} FROM leg WHERE gone IN (${days.join(",")}) AND leg = ?`,
      leg,
    );
    return rows.map(fromRow)[0] ?? null;
  }

  /** The legs that left last, latest first. */
  latestGone(limit: number): StoredLeg[] {
    const found: StoredLeg[] = [];
    let day = this.#goneDayBefore(Number.MAX_SAFE_INTEGER);
    while (day !== null && found.length < limit) {
      const rows = this.#db.rows<Row>(
        `SELECT ${COLUMNS} FROM leg WHERE gone = ? ORDER BY left_at DESC, leg LIMIT ?`,
        day,
        limit - found.length,
      );
      found.push(...rows.map(fromRow));
      day = this.#goneDayBefore(day);
    }
    return found;
  }

  #goneDayBefore(day: number): number | null {
    const [found] = this.#db.rows<{ day: number | null }>(
      "SELECT max(gone) AS day FROM leg WHERE gone > ? AND gone < ?",
      LIVE,
      day,
    );
    return found?.day ?? null;
  }

  /** Inserts or updates a leg, which may become gone or live again. Writes one row in every case. */
  save(before: StoredLeg | null, after: StoredLeg): void {
    const facts = JSON.stringify(after.facts);
    const values = [after.gone, facts, after.duplicates, after.leftAt];
    if (before === null) {
      this.#db.sql.exec(
        "INSERT INTO leg (gone, webhooks, duplicates, left_at, leg) VALUES (?, ?, ?, ?, ?)",
        ...values,
        after.leg,
      );
      return;
    }
    this.#db.sql.exec(
      "UPDATE leg SET gone = ?, webhooks = ?, duplicates = ?, left_at = ? WHERE gone = ? AND leg = ?",
      ...values,
      before.gone,
      after.leg,
    );
  }

  deleteGoneBefore(day: number): void {
    this.#db.sql.exec("DELETE FROM leg WHERE gone > ? AND gone < ?", LIVE, day);
  }

  deleteLive(leg: string): void {
    this.#db.sql.exec("DELETE FROM leg WHERE gone = ? AND leg = ?", LIVE, leg);
  }

  oldestGoneDay(): number | null {
    const [found] = this.#db.rows<{ day: number | null }>(
      "SELECT min(gone) AS day FROM leg WHERE gone > ?",
      LIVE,
    );
    return found?.day ?? null;
  }
}

function fromRow(row: Row): StoredLeg {
  return {
    leg: row.leg,
    gone: row.gone,
    // Written by `save` from the same type.
    facts: JSON.parse(row.webhooks) as Fact[],
    duplicates: row.duplicates,
    leftAt: row.left_at,
  };
}
