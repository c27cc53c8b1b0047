/**
 * A Durable Object's database that is there only once something was written. Whoever reads an object of any name must not
 * leave a database behind: where there is none, reading finds nothing.
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

  /** To be called before anything is written, outside of the transaction that writes: what it makes stays if that fails. */
  open(): void {
    this.#exists ||= migrate(this.#storage, this.#migrations);
  }

  /** What a query finds. */
  rows<R extends Row>(query: string, ...values: unknown[]): R[] {
    return this.#exists ? this.#storage.sql.exec<R>(query, ...values).toArray() : [];
  }

  /** For what needs a database that exists. */
  get sql(): SqlStorage {
    return this.#storage.sql;
  }
}
