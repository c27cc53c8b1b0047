/** One step of a Durable Object's schema. Append only: never edit a step that was deployed. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * Applies the steps that a Durable Object's database lacks, in one transaction, and records each by its id. `create`: whether to
 * create a database where there is none.
 *
 * For some minutes after a deploy, old code also runs on the new schema. It works because steps only add.
 *
 * @returns whether there is a database now.
 * @throws when an applied step and the given step at the same position have different ids.
 */
export function migrate(
  storage: DurableObjectStorage,
  migrations: readonly Migration[],
  create = true,
): boolean {
  const { sql } = storage;
  return storage.transactionSync(() => {
    // Unlike a query of the schema's table, this reads no row, so that waking costs none.
    const columns = sql.exec("PRAGMA table_info(migration)").toArray();
    if (columns.length === 0) {
      if (!create) return false;
      sql.exec("CREATE TABLE migration (position INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT");
    }
    const applied = sql
      .exec<{ id: string }>("SELECT id FROM migration ORDER BY position")
      .toArray();
    applied.forEach(({ id }, position) => {
      const known = migrations[position];
      if (known !== undefined && known.id !== id) {
        throw new Error(
          `migration ${id} was applied at position ${position}, where the code has ${known.id}`,
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
    return true;
  });
}
