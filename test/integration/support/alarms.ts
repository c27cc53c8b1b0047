/** Alarms as they would ring, with the clock in the test's hands. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { shardOf } from "../../../src/switchboard/shard.ts";

type Stub = DurableObjectStub<Rpc.DurableObjectBranded>;

export function setClock(time: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
}

/** When an object's alarm is to ring, in milliseconds since the epoch. */
export async function alarmOf(stub: Stub): Promise<number | null> {
  return await runInDurableObject(stub, (_, state) => state.storage.getAlarm());
}

/** Rings every alarm of these objects that is due by `time`, in its order, with the clock at its moment. */
export async function ringUntil(time: number, stubs: readonly Stub[]): Promise<void> {
  for (;;) {
    const alarms = await Promise.all(
      stubs.map(async (stub) => ({ stub, at: await alarmOf(stub) })),
    );
    const [next] = alarms
      .flatMap(({ stub, at }) => (at === null || at > time ? [] : [{ stub, at }]))
      .toSorted((a, b) => a.at - b.at);
    if (next === undefined) break;
    setClock(Math.max(next.at, Date.now()));
    await runDurableObjectAlarm(next.stub);
  }
  setClock(time);
}

/** The objects that one call touches. */
export function objectsOf(leg: string, conference: string): Stub[] {
  return [env.SWITCHBOARD.getByName(shardOf(leg)), env.CONFERENCE.getByName(conference)];
}
