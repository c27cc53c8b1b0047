/** One step of a Durable Object's schema. Append only: a step that was once deployed is never edited. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * Brings a Durable Object's database up to date, in one transaction, and remembers each step by its id.
 *
 * @throws when the steps that were applied are not the first of those given: then the code is older than the data,
 * or history was edited, and going on would lose something.
 */
export function migrate(storage: DurableObjectStorage, migrations: readonly Migration[]): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    sql.exec(
      "CREATE TABLE IF NOT EXISTS migration (position INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT",
    );
    const applied = sql
      .exec<{ id: string }>("SELECT id FROM migration ORDER BY position")
      .toArray();
    applied.forEach(({ id }, position) => {
      if (migrations[position]?.id !== id) {
        throw new Error(
          `migration ${id} was applied at position ${position}, where the code has ${migrations[position]?.id ?? "none"}`,
        );
      }
    });
    migrations.slice(applied.length).forEach((step, index) => {
      sql.exec(step.sql);
      sql.exec(
        "INSERT INTO migration (position, id) VALUES (?, ?)",
        applied.length + index,
        step.id,
      );
    });
  });
}
