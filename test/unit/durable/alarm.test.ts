import { afterEach, expect, it, vi } from "vitest";
import { Alarm } from "../../../src/durable/alarm.ts";

/** The part of the storage that an alarm uses. */
function storage(set: number[]): DurableObjectStorage {
  return {
    getAlarm: async () => Promise.resolve(null),
    setAlarm: async (at: number) => Promise.resolve(void set.push(at)),
  } as unknown as DurableObjectStorage;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("logs a failed alarm and sets it again a minute later, without throwing", async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const logged = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const set: number[] = [];
  const alarm = new Alarm(storage(set));
  await alarm.run("conference", async () => Promise.reject(new Error("unwell")), {
    conference: "daily",
  });
  expect(set).toEqual([1_060_000]);
  expect(logged.mock.calls).toEqual([
    ['{"message":"conference alarm failed","conference":"daily","reason":"Error: unwell"}'],
  ]);
});

it("leaves the next alarm to work that succeeds, and knows that the last one is used up", async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const set: number[] = [];
  const alarm = new Alarm(storage(set));
  await alarm.by(1_000_500, 1_000_000);
  await alarm.run("directory", async (now) => {
    expect(now).toBe(1_000_000);
    await alarm.by(now + 90_000, now);
  });
  expect(set).toEqual([1_000_500, 1_090_000]);
});
