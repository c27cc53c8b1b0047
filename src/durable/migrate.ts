/** One step of a Durable Object's schema. Append only: a step that was once deployed is never edited. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * Brings a Durable Object's database up to date, in one transaction, and remembers each step by its id. `create`: whether to make
 * one where there is none.
 *
 * Code that is older than the data goes on with it: for some minutes after a deploy both versions run, and steps only
 * ever add.
 *
 * @returns whether there is a database now.
 * @throws when history was edited: the steps that were applied and those given differ where both have one.
 */
export function migrate(
  storage: DurableObjectStorage,
  migrations: readonly Migration[],
  create = true,
): boolean {
  const { sql } = storage;
  return storage.transactionSync(() => {
    // Unlike a look at the schema's table, this reads no row, of which waking would cost one more.
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
