/**
 * A Durable Object's database, created by the first write. Reading an object under a name that was never used finds nothing and
 * leaves no database behind.
 */
import { migrate, type Migration } from "./migrate.ts";

type Row = Record<string, SqlStorageValue>;

export class Database {
  readonly #storage: DurableObjectStorage;
  readonly #migrations: readonly Migration[];
  #exists: boolean;

  constructor(storage: DurableObjectStorage, migrations: readonly Migration[]) {
    this.#storage = storage;
    this.#migrations = migrations;
    this.#exists = migrate(storage, migrations, false);
  }

  get exists(): boolean {
    return this.#exists;
  }

  /** Creates the database. Call it before a write, and outside of its transaction: a rollback must not undo it. */
  open(): void {
    this.#exists ||= migrate(this.#storage, this.#migrations);
  }

  /** The rows that a query finds; none where there is no database. */
  rows<R extends Row>(query: string, ...values: unknown[]): R[] {
    return this.#exists ? this.#storage.sql.exec<R>(query, ...values).toArray() : [];
  }

  /** For queries that are only made once the database exists. */
  get sql(): SqlStorage {
    return this.#storage.sql;
  }
}
