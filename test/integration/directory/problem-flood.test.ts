/** Callers who make numbers up: what they cost, and what they cannot push out. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import type { ProblemView } from "../../../src/contract/directory-view.ts";
import { Directory } from "../../../src/index.ts";
import { setClock } from "../support/alarms.ts";
import { api, sendWith, signedPost } from "../support/bridge.ts";
import { call } from "../support/call.ts";

const directory = env.DIRECTORY.getByName("all");
const START = Date.parse("2038-01-01T00:00:00Z");

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function dial(line: string): Promise<void> {
  const { settled } = await sendWith({}, signedPost("/webhooks/answer", call({ line }).answer));
  await settled();
}

async function problems(): Promise<ProblemView[]> {
  return (await api<{ problems: ProblemView[] }>("/problems")).body.problems;
}

it("tells at most twenty of a kind in a minute, and one of another kind all the same", async () => {
  setClock(START);
  await env.LINES.put("14155570000", '{"conference":"a b"}');
  const told = vi.spyOn(Directory.prototype, "notice");
  for (let n = 0; n < 200; n++) await dial(`1999${n}`);
  expect(told).toHaveBeenCalledTimes(20);
  await dial("14155570000");
  expect(told).toHaveBeenCalledTimes(21);
  expect((await problems())[0]).toMatchObject({ kind: "misconfigured-line" });
  setClock(START + 61_000);
  await dial("1999199");
  // With how often it was noticed while it was not told.
  expect((await problems())[0]).toMatchObject({ subject: "1999199", count: 2 });
});

it("writes at most so many new ones of a kind in an hour as are kept of it, and shows the others", async () => {
  setClock(START + 86_400_000);
  const written = await runInDurableObject(directory, (_, { storage: { sql } }) => {
    const exec = vi.spyOn(Object.getPrototypeOf(sql) as SqlStorage, "exec");
    return exec;
  });
  for (let n = 0; n < 500; n++) {
    await directory.notice({
      kind: "webhook-refused",
      subject: `reason ${n}`,
      detail: "",
      times: 1,
    });
  }
  const statements = written.mock.calls.map(([query]) => query.trim().split(" ")[0]);
  expect(statements.filter((verb) => verb === "INSERT")).toHaveLength(50);
  expect(statements.filter((verb) => verb === "DELETE").length).toBeLessThanOrEqual(50);
  written.mockRestore();
  const shown = (await problems()).filter(({ kind }) => kind === "webhook-refused");
  expect(shown).toHaveLength(50);
  expect(shown[0]).toMatchObject({ subject: "reason 499" });
});

it("writes down whatever somebody relies on, however much of it comes", async () => {
  setClock(START + 2 * 86_400_000);
  for (let n = 0; n < 220; n++) {
    await directory.keep({ kind: "stray-recording", subject: `file ${n}`, detail: "", times: 1 });
  }
  const rows = await runInDurableObject(directory, (_, { storage }) =>
    storage.sql
      .exec<{ subject: string }>("SELECT subject FROM problem WHERE kind = 'stray-recording'")
      .toArray(),
  );
  expect(rows.map(({ subject }) => subject).toSorted()).toEqual(
    Array.from({ length: 200 }, (_, n) => `file ${n + 20}`).toSorted(),
  );
});
