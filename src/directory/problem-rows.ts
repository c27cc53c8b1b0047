/** The latest problems of each kind: in memory, and in SQL so that they survive an eviction. */
import { problemAfter, problemId, type Notice, type Problem } from "./problem.ts";
import { quotaOf, type ProblemKind } from "../contract/directory-view.ts";

/** A repeated problem is written at most once in so long: a flood of forged webhooks must not cost a row each. */
const WRITE_MS = 60_000;
/** In so long, at most as many new problems of a kind are written as are kept of it. The others stay in memory. */
const WINDOW_MS = 3_600_000;

type Row = {
  id: string;
  kind: ProblemKind;
  subject: string;
  detail: string;
  count: number;
  first_at: number;
  last_at: number;
};

export class ProblemRows {
  readonly #sql: SqlStorage;
  /** By id, latest last. */
  readonly #problems: Map<string, Problem>;
  /** The ids that are in SQL, with the time of their last write since this object woke. */
  readonly #writtenAt: Map<string, number>;
  readonly #added = new Map<ProblemKind, { since: number; count: number }>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<Row>("SELECT * FROM problem ORDER BY last_at, id").toArray();
    this.#problems = new Map(rows.map((row) => [row.id, fromRow(row)]));
    this.#writtenAt = new Map(rows.map(({ id }) => [id, Number.NEGATIVE_INFINITY]));
  }

  /** Newest first. */
  latest(): Problem[] {
    return [...this.#problems.values()].toReversed();
  }

  /** `kept`: whether the caller relies on the problem being durable. */
  notice(notice: Notice, kept: boolean, now: number): void {
    const id = problemId(notice);
    const problem = problemAfter(this.#problems.get(id), notice, now);
    const writtenAt = this.#writtenAt.get(id);
    const due =
      writtenAt === undefined
        ? this.#mayAdd(problem.kind, now) || kept
        : now - writtenAt >= WRITE_MS;
    if (due) this.#write(problem, now);
    this.#problems.delete(id);
    this.#problems.set(id, problem);
    this.#keepQuota(problem.kind);
  }

  /** Deletes those that were last noticed before `time`, in milliseconds since the epoch. */
  forgetBefore(time: number): void {
    for (const { id, lastAt } of this.latest()) {
      if (lastAt < time) this.#forget(id);
    }
  }

  /** When the oldest was last noticed; null where there is none. */
  oldest(): number | null {
    const [first] = this.#problems.values();
    return first?.lastAt ?? null;
  }

  #mayAdd(kind: ProblemKind, now: number): boolean {
    const { since, count } = this.#added.get(kind) ?? { since: now, count: 0 };
    const over = Math.abs(now - since) >= WINDOW_MS;
    const after = over ? { since: now, count: 1 } : { since, count: count + 1 };
    this.#added.set(kind, after);
    return after.count <= quotaOf(kind);
  }

  #keepQuota(kind: ProblemKind): void {
    const ids = this.latest().flatMap((problem) => (problem.kind === kind ? [problem.id] : []));
    for (const id of ids.slice(quotaOf(kind))) this.#forget(id);
  }

  #write({ id, kind, subject, detail, count, firstAt, lastAt }: Problem, now: number): void {
    this.#sql.exec(
      `INSERT INTO problem (id, kind, subject, detail, count, first_at, last_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET detail = excluded.detail, count = excluded.count, last_at = excluded.last_at`,
      id,
      kind,
      subject,
      detail,
      count,
      firstAt,
      lastAt,
    );
    this.#writtenAt.set(id, now);
  }

  #forget(id: string): void {
    this.#problems.delete(id);
    if (this.#writtenAt.delete(id)) this.#sql.exec("DELETE FROM problem WHERE id = ?", id);
  }
}

function fromRow({ first_at, last_at, ...row }: Row): Problem {
  return { ...row, firstAt: first_at, lastAt: last_at };
}
