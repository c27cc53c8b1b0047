/** The outbox's batches and jobs, in two tables per day. All of its SQL is in this file. */
import { DayTables } from "../durable/day-tables.ts";
import type { Migration } from "../durable/migrate.ts";
import { dialJobId, isFinal, type Command, type Job } from "./job.ts";
import type { JobState } from "../contract/batch-view.ts";

export const migrations: readonly Migration[] = [DayTables.migration];

/**
 * `open` is 1 until a job has ended and its conference has been told. It leads the primary key, so that a waking outbox finds those
 * jobs without an index, which would write a row of its own; changing it writes one row, like any other change.
 */
const JOB_COLUMNS = `(
  open INTEGER NOT NULL,
  id TEXT NOT NULL,
  batch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  command TEXT NOT NULL,
  state TEXT NOT NULL,
  sent_at INTEGER,
  detail TEXT,
  status TEXT,
  leg TEXT,
  PRIMARY KEY (open, id)
) STRICT, WITHOUT ROWID`;

/** `jobs`: the ids of its jobs, in order, as JSON. */
const BATCH_COLUMNS = `(
  batch TEXT PRIMARY KEY,
  conference TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  jobs TEXT NOT NULL
) STRICT, WITHOUT ROWID`;

type JobRow = {
  id: string;
  batch: string;
  seq: number;
  created_at: number;
  command: string;
  state: string;
  sent_at: number | null;
  detail: string | null;
  status: string | null;
  leg: string | null;
};

type BatchRow = {
  batch: string;
  conference: string;
  fingerprint: string;
  created_at: number;
  jobs: string;
};

/** Times in milliseconds since the epoch. */
export interface Batch {
  /** The id, which begins with the day: see `batchId`. */
  batch: string;
  conference: string;
  fingerprint: string;
  createdAt: number;
  /** The ids of its jobs. */
  jobs: readonly string[];
}

const JOB_FIELDS = "id, batch, seq, created_at, command, state, sent_at, detail, status, leg";

export class JobTable {
  readonly #sql: SqlStorage;
  readonly #jobs: DayTables;
  readonly #batches: DayTables;
  /** Newest first. Cached: only this object adds or drops tables. */
  #days: number[];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#jobs = new DayTables(sql, "job", JOB_COLUMNS);
    this.#batches = new DayTables(sql, "batch", BATCH_COLUMNS);
    this.#days = this.#readDays();
  }

  /** Adds a batch with its jobs, to the tables of its day. */
  add({ batch, conference, fingerprint, createdAt, jobs }: Batch, work: readonly Job[]): void {
    const day = batchDay(batch);
    if (!this.#days.includes(day)) {
      this.#batches.open(day, 0);
      this.#jobs.open(day, 0);
      this.#days = this.#readDays();
    }
    this.#sql.exec(
      `INSERT INTO ${this.#batches.name(day)} (batch, conference, fingerprint, created_at, jobs)
       VALUES (?, ?, ?, ?, ?)`,
      batch,
      conference,
      fingerprint,
      createdAt,
      JSON.stringify(jobs),
    );
    for (const job of work) {
      this.#sql.exec(
        `INSERT INTO ${this.#jobs.name(day)} (open, id, batch, seq, created_at, command, state)
         VALUES (1, ?, ?, ?, ?, ?, ?)`,
        job.id,
        job.batch,
        job.seq,
        job.createdAt,
        JSON.stringify(job.command),
        job.state,
      );
    }
  }

  /** Saves the fields of a job that change. */
  save(job: Job, wasOpen: boolean, open: boolean): void {
    const { id, batch, command, state, sentAt, detail, status } = job;
    this.#sql.exec(
      `UPDATE ${this.#jobs.name(batchDay(batch))}
       SET open = ?, state = ?, sent_at = ?, detail = ?, status = ?, leg = ? WHERE open = ? AND id = ?`,
      open ? 1 : 0,
      state,
      sentAt,
      detail,
      status,
      // Any other command contains its leg, and `isCalled` must not find that one.
      command.kind === "dial" ? job.leg : null,
      wasOpen ? 1 : 0,
      id,
    );
  }

  batch(batch: string): Batch | null {
    const day = batchDay(batch);
    if (!this.#days.includes(day)) return null;
    const [row] = this.#sql
      .exec<BatchRow>(
        `SELECT batch, conference, fingerprint, created_at, jobs FROM ${this.#batches.name(day)} WHERE batch = ?`,
        batch,
      )
      .toArray();
    return row === undefined
      ? null
      : {
          batch: row.batch,
          conference: row.conference,
          fingerprint: row.fingerprint,
          createdAt: row.created_at,
          jobs: JSON.parse(row.jobs) as string[],
        };
  }

  /** The jobs of a batch, in order. */
  jobsOf({ batch, jobs }: Batch): Job[] {
    return this.#select(
      batchDay(batch),
      "open IN (0, 1) AND id IN (SELECT value FROM json_each(?)) ORDER BY seq",
      JSON.stringify(jobs),
    );
  }

  /** Every job that has not ended, or whose conference has not been told yet. */
  open(): Job[] {
    return this.#days.flatMap((day) => this.#select(day, "open = ?", 1));
  }

  /** The ended job of a `dial`; null if there is none. */
  endedDial(dial: string): Job | null {
    for (const day of this.#days) {
      const [job] = this.#select(day, "open = 0 AND id = ?", dialJobId(dial));
      if (job !== undefined) return job;
    }
    return null;
  }

  /** Whether a job made the call of this leg. Scans every row, so it is for rare cases only. */
  isCalled(leg: string): boolean {
    return this.#days.some((day) => this.#select(day, "leg = ? LIMIT 1", leg).length > 0);
  }

  /**
   * Drops the days before `day`. A day with jobs that have not ended is kept until it is before `last`. Ended jobs whose conference
   * could not be told do not keep a day: nobody there needs the confirmation any more.
   */
  dropBefore(day: number, last: number): void {
    for (const old of this.#days.filter((table) => table < day)) {
      const open = this.#select(old, "open = ?", 1);
      if (old >= last && !open.every(({ state }) => isFinal(state))) continue;
      this.#jobs.drop(old);
      this.#batches.drop(old);
    }
    this.#days = this.#readDays();
  }

  /** Whether a job's day still exists. */
  has({ batch }: Job): boolean {
    return this.#days.includes(batchDay(batch));
  }

  oldestDay(): number | null {
    return this.#days.at(-1) ?? null;
  }

  #readDays(): number[] {
    return this.#jobs.days().map(({ day }) => day);
  }

  #select(day: number, condition: string, value: string | number): Job[] {
    return this.#sql
      .exec<JobRow>(`SELECT ${JOB_FIELDS} FROM ${this.#jobs.name(day)} WHERE ${condition}`, value)
      .toArray()
      .map(fromRow);
  }
}

/** The id of a batch begins with its day, which tells its table. `name`: 32 hexadecimal digits. */
export function batchId(day: number, name: string): string {
  return `${day}-${name}`;
}

/** NaN if the text is not the id of a batch. */
function batchDay(batch: string): number {
  return Number(/^(\d{1,9})-[0-9a-f]{32}$/.exec(batch)?.[1]);
}

/** The casts are sound: `add` and `save` wrote the values from the same types. */
function fromRow(row: JobRow): Job {
  const command = JSON.parse(row.command) as Command;
  return {
    id: row.id,
    batch: row.batch,
    seq: row.seq,
    createdAt: row.created_at,
    command,
    state: row.state as JobState,
    sentAt: row.sent_at,
    detail: row.detail,
    status: row.status,
    leg: row.leg ?? (command.kind === "dial" ? null : command.leg),
  };
}
