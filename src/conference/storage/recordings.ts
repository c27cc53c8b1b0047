/** The recordings of a conference: where each stands in the journal, by a hash by which a repetition is recognised. */
import type { Database } from "../../durable/database.ts";
import { dayOf } from "../../lib/time.ts";
import type { Delivery } from "../state/delivery.ts";
import type { Journal } from "./journal.ts";
import type { NumberedEntry } from "../state/journal-entry.ts";
import { factKey, writtenTime } from "../state/leg/fact.ts";

/** More than a year of daily meetings. The latest are listed. */
const MAX_LISTED = 1_000;

export class Recordings {
  readonly #db: Database;
  readonly #journal: Journal;

  constructor(db: Database, journal: Journal) {
    this.#db = db;
    this.#journal = journal;
  }

  /** Journals a recording or transcription. Call it within a transaction. @returns false for a repetition. */
  take({ webhook, kind, status, receivedAt, body }: Delivery, now: number): boolean {
    const id = factKey(webhook);
    const known = this.#db.rows("SELECT 1 FROM recording WHERE id = ?", id);
    if (known.length > 0) return false;
    const at = writtenTime(webhook);
    const entry = { leg: null, kind, status, at, receivedAt, outcome: "ignored", body } as const;
    const seq = this.#journal.append([entry], now);
    this.#db.sql.exec("INSERT INTO recording (id, day, seq) VALUES (?, ?, ?)", id, dayOf(now), seq);
    return true;
  }

  /** The journal entry of each, latest first. */
  list(): NumberedEntry[] {
    const rows = this.#db.rows<{ seq: number }>(
      "SELECT seq FROM recording WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT ?",
      MAX_LISTED,
    );
    return rows.flatMap(({ seq }) => this.#journal.read(seq - 1, 1).entries);
  }

  deleteBefore(day: number): void {
    this.#db.sql.exec("DELETE FROM recording WHERE day < ?", day);
  }
}
