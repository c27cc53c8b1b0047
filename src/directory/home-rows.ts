/**
 * Which of the carrier's conversations is which conference, as the conferences tell of those whom they let in. It outlives a
 * meeting: a recording comes after it.
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

  /** Writes a row where it says something new, and once a day while it goes on. */
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

  /** Forgets what was told last before `time`, in milliseconds since the epoch. */
  forgetBefore(time: number): void {
    this.#sql.exec("DELETE FROM home WHERE at < ?", time);
  }

  /** When that was told that was told longest ago; null where nothing was. */
  oldest(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(at) AS at FROM home").one().at;
  }

  #find(conversation: string): Row | undefined {
    return this.#sql
      .exec<Row>("SELECT conference, at FROM home WHERE conversation = ?", conversation)
      .toArray()[0];
  }
}
