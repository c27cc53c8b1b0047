/** Facts of the platform that the code relies on. An upgrade that changes one fails here. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

function database<T>(name: string, use: (storage: DurableObjectStorage) => T): Promise<T> {
  return runInDurableObject(env.CONFERENCE.getByName(name), (_, state) => use(state.storage));
}

it("moves a row between prefixes of its primary key for one row written", async () => {
  const written = await database("contract-prefix", ({ sql }) => {
    sql.exec(
      "CREATE TABLE t (gone INTEGER, leg TEXT, PRIMARY KEY (gone, leg)) STRICT, WITHOUT ROWID",
    );
    const inserted = sql.exec("INSERT INTO t VALUES (0, 'a')").rowsWritten;
    return [inserted, sql.exec("UPDATE t SET gone = 1 WHERE gone = 0 AND leg = 'a'").rowsWritten];
  });
  expect(written).toEqual([1, 1]);
});

it("drops a table without writing rows", async () => {
  const written = await database("contract-drop", ({ sql }) => {
    sql.exec("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT");
    for (let n = 0; n < 100; n++) sql.exec("INSERT INTO t VALUES (?)", n);
    return sql.exec("DROP TABLE t").rowsWritten;
  });
  expect(written).toBe(0);
});

it("knows an object's name in its alarm, after an eviction too", async () => {
  const stub = env.CONFERENCE.getByName("contract-name");
  await runInDurableObject(stub, (_, state) => state.storage.setAlarm(Date.now() + 3_600_000));
  await evictDurableObject(stub);
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  expect(await runInDurableObject(stub, (_, state) => state.id.name)).toBe("contract-name");
});

it("rolls a synchronous transaction back when it throws", async () => {
  const left = await database("contract-rollback", (storage) => {
    storage.sql.exec("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT");
    expect(() =>
      storage.transactionSync(() => {
        storage.sql.exec("INSERT INTO t VALUES (1)");
        throw new Error("no");
      }),
    ).toThrow("no");
    return storage.sql.exec("SELECT n FROM t").toArray();
  });
  expect(left).toEqual([]);
});

it("reads several keys of KV at once, and says which of them are missing", async () => {
  await env.LINES.put("contract-a", "standup");
  expect([...(await env.LINES.get(["contract-a", "contract-b"]))]).toEqual([
    ["contract-a", "standup"],
    ["contract-b", null],
  ]);
});

it("leaves out of several keys those that could be an array's index, however many digits", async () => {
  const keys = ["3222345678", "4294967295", "0042"];
  for (const key of keys) await env.LINES.put(key, "standup");
  expect([...(await env.LINES.get(keys)).keys()]).toEqual(keys.slice(1));
});
