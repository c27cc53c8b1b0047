/** The schema of the Directory. All of its SQL is in this file and in those that end in `-rows.ts`. */
import type { Migration } from "../durable/migrate.ts";

export const migrations: readonly Migration[] = [
  {
    id: "conferences",
    // A row is written when a conference becomes live and when it ends, never for a change of its numbers.
    sql: `CREATE TABLE conference (
      name TEXT PRIMARY KEY,
      since INTEGER NOT NULL,
      ended_at INTEGER,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  {
    id: "problems",
    sql: `CREATE TABLE problem (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      count INTEGER NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
  {
    id: "homes",
    sql: `CREATE TABLE home (
      conversation TEXT PRIMARY KEY,
      conference TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  },
];
