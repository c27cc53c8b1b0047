/** The latest problems: in memory, and in SQL so that they outlive this object. */
import { MOST_PROBLEMS, problemAfter, problemId, type Notice, type Problem } from "./problem.ts";
import type { ProblemKind } from "./summary.ts";

/** A problem that goes on is written down so often: a flood of forged webhooks must not cost a row each. */
const WRITE_MS = 60_000;

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
  /** By id, the latest last. */
  readonly #problems: Map<string, Problem>;
  readonly #writtenAt = new Map<string, number>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<Row>("SELECT * FROM problem ORDER BY last_at, id").toArray();
    this.#problems = new Map(rows.map((row) => [row.id, fromRow(row)]));
  }

  /** The newest first. */
  latest(limit: number): Problem[] {
    return [...this.#problems.values()].toReversed().slice(0, limit);
  }

  notice(notice: Notice, now: number): void {
    const id = problemId(notice);
    const problem = problemAfter(this.#problems.get(id), notice, now);
    this.#problems.delete(id);
    this.#problems.set(id, problem);
    const writtenAt = this.#writtenAt.get(id);
    if (writtenAt === undefined || now - writtenAt >= WRITE_MS) this.#write(problem, now);
    const [oldest] = this.#problems.keys();
    if (this.#problems.size > MOST_PROBLEMS && oldest !== undefined) this.#forget(oldest);
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
    this.#writtenAt.delete(id);
    this.#sql.exec("DELETE FROM problem WHERE id = ?", id);
  }
}

function fromRow({ first_at, last_at, ...row }: Row): Problem {
  return { ...row, firstAt: first_at, lastAt: last_at };
}
