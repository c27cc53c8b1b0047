/** The conferences that are or were live: their names and times in SQL, their latest reports in memory only. */
import type { ConferenceStatus } from "../conference/state/census.ts";
import { isLive, type KnownConference } from "./summary.ts";

type Row = { name: string; since: number; ended_at: number | null; seq: number };

export class ConferenceRows {
  readonly #sql: SqlStorage;
  /** The live ones. */
  readonly #live: Map<string, KnownConference>;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<Row>("SELECT * FROM conference WHERE ended_at IS NULL").toArray();
    this.#live = new Map(rows.map((row) => [row.name, known(row)]));
  }

  live(): KnownConference[] {
    return [...this.#live.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Takes a conference's report. Writes a row only when the conference becomes live and when it ends.
   *
   * @returns the conference before and after; null for a report that is not newer than the last one, or changes nothing.
   */
  hear(
    name: string,
    seq: number,
    status: ConferenceStatus,
    now: number,
  ): { before: KnownConference | null; after: KnownConference } | null {
    const before = this.#live.get(name) ?? this.#find(name);
    if (before !== null && seq <= before.seq) return null;
    const wasLive = before !== null && before.endedAt === null;
    if (!wasLive && !isLive(status)) return null;
    const since = wasLive ? before.since : (status.since ?? now);
    const endedAt = isLive(status) ? null : now;
    const after = { name, since, endedAt, seq, heard: { status, at: now } };
    if (!wasLive || endedAt !== null) this.#write(after);
    if (endedAt === null) this.#live.set(name, after);
    else this.#live.delete(name);
    return { before, after };
  }

  /** The `seq` of its latest report; null for a conference that never reported. */
  seqOf(name: string): number | null {
    return (this.#live.get(name) ?? this.#find(name))?.seq ?? null;
  }

  /** Live and ended conferences, ordered by name, after the name `after`. */
  all(after: string, limit: number): { conferences: KnownConference[]; more: boolean } {
    const rows = this.#sql
      .exec<Row>("SELECT * FROM conference WHERE name > ? ORDER BY name LIMIT ?", after, limit + 1)
      .toArray();
    const conferences = rows.slice(0, limit).map((row) => this.#live.get(row.name) ?? known(row));
    return { conferences, more: rows.length > limit };
  }

  /** Deletes those that ended before `time`, in milliseconds since the epoch. */
  forgetBefore(time: number): void {
    this.#sql.exec("DELETE FROM conference WHERE ended_at < ?", time);
  }

  /** The earliest end, or start of one that has not ended; null where there is no conference. */
  oldest(): number | null {
    const query = "SELECT min(coalesce(ended_at, since)) AS at FROM conference";
    return this.#sql.exec<{ at: number | null }>(query).one().at;
  }

  #find(name: string): KnownConference | null {
    const rows = this.#sql.exec<Row>("SELECT * FROM conference WHERE name = ?", name).toArray();
    return rows[0] === undefined ? null : known(rows[0]);
  }

  #write({ name, since, endedAt, seq }: KnownConference): void {
    this.#sql.exec(
      `INSERT INTO conference (name, since, ended_at, seq) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET since = excluded.since, ended_at = excluded.ended_at, seq = excluded.seq`,
      name,
      since,
      endedAt,
      seq,
    );
  }
}

function known({ name, since, ended_at, seq }: Row): KnownConference {
  return { name, since, endedAt: ended_at, seq, heard: null };
}
