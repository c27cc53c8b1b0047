import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DeadlineExceeded, withTimeout } from "../../../src/lib/deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);

it("gives what the work gives in time", async () => {
  await expect(withTimeout(1_000, Promise.resolve("done"))).resolves.toBe("done");
});

it("fails as the work fails in time", async () => {
  await expect(withTimeout(1_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

it("gives up once the time is up, and not a millisecond before", async () => {
  const settled = vi.fn<(error: unknown) => void>();
  withTimeout(1_000, never).catch(settled);
  await vi.advanceTimersByTimeAsync(999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled).toHaveBeenCalledExactlyOnceWith(new DeadlineExceeded("no answer within 1000 ms"));
});

it("leaves no timer behind, whoever wins", async () => {
  await withTimeout(1_000, Promise.resolve("done"));
  await expect(withTimeout(1_000, Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

it("lets the work go on, and swallows what it fails with later", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const failed = vi.fn<(error: unknown) => void>();
  withTimeout(1_000, promise).catch(failed);
  await vi.advanceTimersByTimeAsync(1_000);
  // An unhandled rejection would fail the run.
  reject(new Error("too late"));
  await vi.advanceTimersByTimeAsync(1);
  expect(failed).toHaveBeenCalledExactlyOnceWith(expect.any(DeadlineExceeded));
});
