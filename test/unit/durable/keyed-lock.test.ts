import { expect, it } from "vitest";
import { KeyedLock } from "../../../src/durable/keyed-lock.ts";

/** A task that ends when it is told to, and writes down when it begins and ends. */
function task(name: string, log: string[]) {
  const gate = Promise.withResolvers<void>();
  const run = async (): Promise<string> => {
    log.push(`${name} begins`);
    await gate.promise;
    log.push(`${name} ends`);
    return name;
  };
  return { run, end: () => gate.resolve(), fail: () => gate.reject(new Error(name)) };
}

it("runs tasks of one key one after the other, in the order of their calls", async () => {
  const [serial, log] = [new KeyedLock(), [] as string[]];
  const [a, b, c] = [task("a", log), task("b", log), task("c", log)];
  const all = [a, b, c].map(({ run }) => serial.run("leg", run));
  c.end();
  b.end();
  a.end();
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

it("runs tasks of different keys side by side", async () => {
  const [serial, log] = [new KeyedLock(), [] as string[]];
  const [a, b] = [task("a", log), task("b", log)];
  const first = serial.run("one", a.run);
  const second = serial.run("two", b.run);
  b.end();
  expect(await second).toBe("b");
  expect(log).toEqual(["a begins", "b begins", "b ends"]);
  a.end();
  expect(await first).toBe("a");
});

it("goes on after a task that failed, and tells only its caller", async () => {
  const [serial, log] = [new KeyedLock(), [] as string[]];
  const [a, b] = [task("a", log), task("b", log)];
  const first = serial.run("leg", a.run);
  const second = serial.run("leg", b.run);
  a.fail();
  b.end();
  await expect(first).rejects.toThrow("a");
  expect(await second).toBe("b");
});

it("is idle at once where nothing is under way", async () => {
  const serial = new KeyedLock();
  await expect(serial.idle("leg")).resolves.toBeUndefined();
  await serial.run("leg", async () => undefined);
  await expect(serial.idle("leg")).resolves.toBeUndefined();
});

it("is idle once the tasks that began before have ended, also if they failed", async () => {
  const [serial, log] = [new KeyedLock(), [] as string[]];
  const a = task("a", log);
  const running = serial.run("leg", a.run);
  const idle = serial.idle("leg").then(() => log.push("idle"));
  await serial.idle("another leg");
  log.push("another is idle");
  a.fail();
  await expect(running).rejects.toThrow("a");
  await idle;
  expect(log).toEqual(["a begins", "another is idle", "idle"]);
});
