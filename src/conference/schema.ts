/** The database of a Conference. All of its SQL stands in this file, `legs.ts` and `journal.ts`. */
import { DayTables } from "../lib/day-tables.ts";
import type { Migration } from "../lib/migrate.ts";

export const migrations: readonly Migration[] = [
  {
    id: "legs",
    // `gone` is 0 for a live leg, else the day on which it was found gone. It leads the primary key, so that a waking
    // Conference finds its live legs, and retention the old ones, without an index, which would write a row more.
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
    // Recordings have no leg, and so no set in which a repetition would be noticed.
    sql: "CREATE TABLE recording (id TEXT PRIMARY KEY, day INTEGER NOT NULL) STRICT, WITHOUT ROWID",
  },
];

/** The columns of a journal table; there is one a day. */
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
