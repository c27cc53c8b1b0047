import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { migrate, type Migration } from "../../../src/durable/migrate.ts";

const FIRST: Migration = { id: "first", sql: "CREATE TABLE a (n INTEGER PRIMARY KEY) STRICT" };
const SECOND: Migration = { id: "second", sql: "ALTER TABLE a ADD COLUMN text TEXT" };

/** Runs each list of migrations in turn on an empty database, and returns the rows of table `a`. */
async function upgrade(name: string, ...versions: Migration[][]): Promise<unknown[]> {
  return await runInDurableObject(env.CONFERENCE.getByName(name), (_, { storage }) => {
    for (const [version, steps] of versions.entries()) {
      migrate(storage, steps);
      storage.sql.exec("INSERT INTO a (n) VALUES (?)", version);
    }
    return storage.sql.exec("SELECT * FROM a").toArray();
  });
}

it("takes each step once, and keeps what is there", async () => {
  const rows = await upgrade("migrate-forward", [FIRST], [FIRST, SECOND], [FIRST, SECOND]);
  expect(rows).toEqual([0, 1, 2].map((n) => ({ n, text: null })));
});

it("lets older code go on with newer data, as for some minutes after a deploy", async () => {
  expect(await upgrade("migrate-mixed", [FIRST, SECOND], [FIRST], [FIRST, SECOND])).toHaveLength(3);
});

it("refuses code of another history", async () => {
  const upgraded = upgrade("migrate-history", [FIRST, SECOND], [SECOND, FIRST]);
  await expect(upgraded).rejects.toThrow("was applied at position");
});

it("takes all steps or none", async () => {
  const broken: Migration = { id: "broken", sql: "CREATE TABLE b (" };
  await expect(upgrade("migrate-broken", [FIRST, broken])).rejects.toThrow("SQLITE_ERROR");
  const tables = await runInDurableObject(
    env.CONFERENCE.getByName("migrate-broken"),
    (_, { storage }) =>
      storage.sql.exec("SELECT name FROM sqlite_schema WHERE name = 'a'").toArray(),
  );
  expect(tables).toEqual([]);
});
