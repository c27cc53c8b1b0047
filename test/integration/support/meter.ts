/** What the platform will bill: rows, alarms, requests to Durable Objects, and reads of KV. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { Conference, Directory, Switchboard } from "../../../src/index.ts";

export interface Bill {
  /** Rows written by SQL, plus one for each alarm that was set. */
  rowsWritten: number;
  rowsRead: number;
  alarmsSet: number;
  /** Calls of the objects' methods, and alarms that rang. */
  requests: number;
  /** Those of them in which the directory was told something, which nobody waits for. */
  tellings: number;
  /** Reads of KV, a bulk read as one. */
  kvReads: number;
  logLines: number;
}

const CALLS = {
  Switchboard: ["admit", "refuse", "deliver", "leg", "alarm"],
  Conference: [
    "record",
    "admit",
    "release",
    "recording",
    "view",
    "participant",
    "events",
    "standing",
    "alarm",
  ],
  Directory: ["hear", "notice"],
} as const;

/** Starts to count for every Durable Object of this test file. `bill` may be asked as often as one likes. */
export async function startMeter(): Promise<{ bill: () => Bill }> {
  const cursors: { rowsRead: number; rowsWritten: number }[] = [];
  let alarmsSet = 0;
  let requests = 0;
  let tellings = 0;
  const lines = Object.getPrototypeOf(env.LINES) as KVNamespace;
  const read = vi.spyOn(lines, "get");
  const logged = vi.spyOn(console, "log");
  await runInDurableObject(env.CONFERENCE.getByName("meter"), (_, { storage }) => {
    const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
    const { exec } = sql;
    vi.spyOn(sql, "exec").mockImplementation(function counted(this: SqlStorage, ...statement) {
      const cursor = exec.apply(this, statement);
      cursors.push(cursor);
      return cursor;
    } as typeof sql.exec);
    const proto = Object.getPrototypeOf(storage) as DurableObjectStorage;
    const { setAlarm } = proto;
    vi.spyOn(proto, "setAlarm").mockImplementation(function counted(
      this: DurableObjectStorage,
      ...time
    ) {
      alarmsSet += 1;
      return setAlarm.apply(this, time);
    });
  });
  for (const [object, methods] of [
    [Switchboard, CALLS.Switchboard],
    [Conference, CALLS.Conference],
    [Directory, CALLS.Directory],
  ] as const) {
    for (const method of methods) {
      const prototype = object.prototype as unknown as Record<
        string,
        (...given: unknown[]) => unknown
      >;
      const original = prototype[method];
      vi.spyOn(prototype, method).mockImplementation(function counted(this: unknown, ...given) {
        requests += 1;
        if (object === Directory) tellings += 1;
        return original?.apply(this, given);
      });
    }
  }
  return {
    bill: () => ({
      rowsWritten: alarmsSet + cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
      rowsRead: cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
      alarmsSet,
      requests,
      tellings,
      kvReads: read.mock.calls.length,
      logLines: logged.mock.calls.length,
    }),
  };
}
