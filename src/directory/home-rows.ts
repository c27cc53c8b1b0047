/**
 * Which of the carrier's conversations belongs to which conference, as the conferences report it. Kept after a meeting, because
 * its recording comes later.
 */
import { DAY_MS } from "../lib/time.ts";

type Row = { conference: string; at: number };

export class HomeRows {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  conferenceOf(conversation: string): string | null {
    return this.#find(conversation)?.conference ?? null;
  }

  /** Writes a row for a new or changed pair, and once a day to keep it from being deleted. */
  note(conversation: string, conference: string, now: number): void {
    const before = this.#find(conversation);
    if (before?.conference === conference && now - before.at < DAY_MS) return;
    this.#sql.exec(
      `INSERT INTO home (conversation, conference, at) VALUES (?, ?, ?)
       ON CONFLICT (conversation) DO UPDATE SET conference = excluded.conference, at = excluded.at`,
      conversation,
      conference,
      now,
    );
  }

  /** Deletes what was last reported before `time`, in milliseconds since the epoch. */
  forgetBefore(time: number): void {
    this.#sql.exec("DELETE FROM home WHERE at < ?", time);
  }

  /** The time of the oldest row; null where there is none. */
  oldest(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM home").one().at;
  }

  #find(conversation: string): Row | undefined {
    return this.#sql
      .exec<Row>("SELECT conference, at FROM home WHERE conversation = ?", conversation)
      .toArray()[0];
  }
}
