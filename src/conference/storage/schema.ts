/** The schema of a Conference. All of its SQL is in this folder. */
import { DayTables } from "../../durable/day-tables.ts";
import type { Migration } from "../../durable/migrate.ts";

export const migrations: readonly Migration[] = [
  {
    id: "legs",
    // `gone` is 0 for a live leg, else the day on which it was found gone. It leads the primary key, so that a waking
    // Conference finds its live legs, and retention finds the old ones, without an index, which would cost another row written.
    sql: `CREATE TABLE leg (
      gone INTEGER NOT NULL,
      leg TEXT NOT NULL,
      webhooks TEXT NOT NULL,
      duplicates INTEGER NOT NULL,
      left_at INTEGER,
      PRIMARY KEY (gone, leg)
    ) STRICT, WITHOUT ROWID`,
  },
  DayTables.migration,
  {
    id: "recordings",
    // Recordings have no leg, and so no set in which a repetition would be recognised.
    sql: "CREATE TABLE recording (id TEXT PRIMARY KEY, day INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  },
  {
    id: "meeting",
    // One row, as JSON, while a meeting has a lock, a ban or a moderator to remember.
    sql: "CREATE TABLE meeting (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT",
  },
  {
    id: "recordings-journalled",
    // The number of the journal entry; null for recordings stored before this step.
    sql: "ALTER TABLE recording ADD COLUMN seq INTEGER",
  },
];

/** The columns of a journal table, of which there is one per day. */
export const JOURNAL_COLUMNS = `(
  seq INTEGER PRIMARY KEY,
  leg TEXT,
  kind TEXT NOT NULL,
  status TEXT,
  at INTEGER,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT`;
