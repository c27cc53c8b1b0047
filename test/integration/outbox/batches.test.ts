/** Batches: progress, repetition, rows written, and what remains of them. */
import { reset, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { faultOnce } from "../../simulator/rest/fault.ts";
import { alarmOf } from "../support/alarms.ts";
import {
  asked,
  dial,
  evict,
  finished,
  handOn,
  outbox,
  ringAlarm,
  startCarrier,
  submit,
  talkTo,
} from "../support/carrier.ts";

const LEG = "63f61863-4a51-4f6b-86e1-46edebcf9356";
const DAY = 86_400_000;

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

describe("a batch", () => {
  it("tells how far it is, and is forgotten after two days", async () => {
    startCarrier([LEG]);
    expect(await outbox().progress("nonsense")).toBeNull();
    expect(await outbox().wait(`1-${"0".repeat(32)}`, 1_000)).toBeNull();
    const batch = await submit([handOn("mute", LEG), dial("447700900123")]);
    expect(await outbox().wait(batch, 0)).toMatchObject({
      batch,
      conference: "standup",
      total: 2,
      createdAt: "2031-06-01T09:00:00.000Z",
    });
    expect(await finished(batch)).toMatchObject({ total: 2, pending: 0 });
    await ringAlarm();
    const at = (await alarmOf(outbox())) ?? 0;
    expect(at).toBe(Date.parse("2031-06-04T00:00:00Z"));
    vi.setSystemTime(at);
    await ringAlarm();
    expect(await outbox().progress(batch)).toBeNull();
    expect(await alarmOf(outbox())).toBeNull();
  });

  it("with the same key is the same one, for a day, in the same conference", async () => {
    const carrier = startCarrier([LEG]);
    const request = {
      conference: "standup",
      commands: [handOn("mute", LEG)],
      idempotencyKey: "key",
      fingerprint: "one",
    };
    const first = await outbox().submit(request);
    if (!first.ok) throw new Error(first.reason);
    expect(first.repeated).toBe(false);
    await evict();
    vi.setSystemTime(Date.now() + DAY - 1_000);
    expect(await outbox().submit(request)).toEqual({ ...first, repeated: true });
    expect(await outbox().submit({ ...request, fingerprint: "two" })).toEqual({
      ok: false,
      reason: "key used for another request",
    });
    const elsewhere = { ...request, conference: "another", fingerprint: "two" };
    expect(await outbox().submit(elsewhere)).toMatchObject({ ok: true, repeated: false });
    vi.setSystemTime(Date.now() + 2_000);
    const later = await outbox().submit({ ...request, fingerprint: "two" });
    expect(later).toMatchObject({ ok: true, repeated: false });
    await finished(later.ok ? later.batch : "");
    expect(asked(carrier)).toEqual(["mute", "mute", "mute"]);
  });

  it("writes one row, three for each command, and sets two alarms", async () => {
    startCarrier([LEG, "another"]);
    await finished(await submit([handOn("mute", LEG)]));
    await ringAlarm();
    const setAlarm = vi.fn<DurableObjectStorage["setAlarm"]>();
    const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = [];
    await runInDurableObject(outbox(), (_, { storage }) => {
      const sql = Object.getPrototypeOf(storage.sql) as SqlStorage;
      const { exec } = sql;
      vi.spyOn(sql, "exec").mockImplementation(function counted(this: SqlStorage, ...statement) {
        const cursor = exec.apply(this, statement);
        cursors.push(cursor);
        return cursor;
      } as typeof sql.exec);
      const proto = Object.getPrototypeOf(storage) as DurableObjectStorage;
      const original = proto.setAlarm;
      vi.spyOn(proto, "setAlarm").mockImplementation(function counted(
        this: DurableObjectStorage,
        ...time
      ) {
        void setAlarm(...time);
        return original.apply(this, time);
      });
    });
    await finished(await submit([talkTo(LEG), talkTo("another")]));
    await ringAlarm();
    expect(setAlarm).toHaveBeenCalledTimes(2);
    expect(cursors.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0)).toBe(7);
  });

  it("leaves nothing behind that keeps the object awake", async () => {
    startCarrier([LEG]);
    await finished(await submit([handOn("mute", LEG)]));
    expect(vi.getTimerCount()).toBe(0);
  });

  it("logs no number and no secret", async () => {
    const logged = vi.spyOn(console, "log");
    const carrier = startCarrier([LEG]);
    carrier.api.faults = faultOnce({ kind: "lost", acted: true }, () => true);
    await finished(await submit([dial("447700900123")]));
    await finished(await submit([dial("1")]));
    const lines = logged.mock.calls.flat().join("\n");
    expect(lines).toContain("outbound-1");
    expect(lines).not.toMatch(/447700900123|14155550100|eyJ|PRIVATE KEY-/);
  });
});
