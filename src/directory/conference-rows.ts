/** The conferences that are or were live: in SQL that they are, in memory what they said of themselves. */
import type { ConferenceStatus } from "../conference/state/census.ts";
import { isLive, type Known } from "./summary.ts";

type Row = { name: string; since: number; ended_at: number | null; seq: number };

export class ConferenceRows {
  readonly #sql: SqlStorage;
  /** The live ones. */
  readonly #live: Map<string, Known>;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<Row>("SELECT * FROM conference WHERE ended_at IS NULL").toArray();
    this.#live = new Map(rows.map((row) => [row.name, known(row)]));
  }

  live(): Known[] {
    return [...this.#live.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Takes what a conference says of itself. What is older than what it said before is nothing new.
   *
   * @returns the conference before and after, or null where nothing is new.
   */
  hear(
    name: string,
    seq: number,
    standing: ConferenceStatus,
    now: number,
  ): { before: Known | null; after: Known } | null {
    const before = this.#live.get(name) ?? this.#find(name);
    if (before !== null && seq <= before.seq) return null;
    const wasLive = before !== null && before.endedAt === null;
    if (!wasLive && !isLive(standing)) return null;
    const since = wasLive ? before.since : (standing.since ?? now);
    const endedAt = isLive(standing) ? null : now;
    const after = { name, since, endedAt, seq, heard: { standing, at: now } };
    if (!wasLive || endedAt !== null) this.#write(after);
    if (endedAt === null) this.#live.set(name, after);
    else this.#live.delete(name);
    return { before, after };
  }

  /** The number of what was heard of it last; null for one that was never heard of. */
  seqOf(name: string): number | null {
    return (this.#live.get(name) ?? this.#find(name))?.seq ?? null;
  }

  /** All that ever were live, or are, in the order of their names, after the name `after`. */
  all(after: string, limit: number): { conferences: Known[]; more: boolean } {
    const rows = this.#sql
      .exec<Row>("SELECT * FROM conference WHERE name > ? ORDER BY name LIMIT ?", after, limit + 1)
      .toArray();
    const conferences = rows.slice(0, limit).map((row) => this.#live.get(row.name) ?? known(row));
    return { conferences, more: rows.length > limit };
  }

  /** Forgets those that ended before `time`, in milliseconds since the epoch. */
  forgetBefore(time: number): void {
    this.#sql.exec("DELETE FROM conference WHERE ended_at < ?", time);
  }

  /** When the one ended that ended longest ago, or began if it has not ended; null where there is none. */
  oldest(): number | null {
    const query = "SELECT min(coalesce(ended_at, since)) AS at FROM conference";
    return this.#sql.exec<{ at: number | null }>(query).one().at;
  }

  #find(name: string): Known | null {
    const rows = this.#sql.exec<Row>("SELECT * FROM conference WHERE name = ?", name).toArray();
    return rows[0] === undefined ? null : known(rows[0]);
  }

  #write({ name, since, endedAt, seq }: Known): void {
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

function known({ name, since, ended_at, seq }: Row): Known {
  return { name, since, endedAt: ended_at, seq, heard: null };
}
