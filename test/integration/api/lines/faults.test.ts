/** KV that fails or hangs while somebody manages the lines: what is said, and what is left behind. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "../../support/api/ask.ts";
import { elapse, stopTime } from "../../support/faults.ts";
import { linesFailing } from "../../support/faulty-lines.ts";
import { request, type Problem } from "../../support/api/operator.ts";

const TEXT = { "content-type": "text/plain" };

/** More than are written together. */
const FILE = JSON.stringify({
  lines: Array.from({ length: 30 }, (_, n) => ({ number: String(100 + n), value: "a" })),
});

const put = () => request("PUT", "/lines/1", "a", TEXT);
const problemOf = async (asked: Request, lines: KVNamespace): Promise<Problem> => {
  const { status, type, text } = await ask(asked, { LINES: lines });
  expect([status, type]).toEqual([503, "application/problem+json"]);
  return JSON.parse(text) as Problem;
};
const keys = async () => (await env.LINES.list()).keys.map(({ name }) => name);

beforeEach(async () => {
  await reset();
  await env.LINES.put("200", "a");
});

afterEach(() => {
  vi.useRealTimers();
});

describe.each(["throws", "hangs"] as const)("where KV %s", (fault) => {
  it.each([
    ["list", () => request("GET", "/lines"), "cannot be read"],
    ["get", () => request("GET", "/lines"), "cannot be read"],
    ["list", () => request("GET", "/lines?format=csv"), "cannot be read"],
    ["get", () => request("GET", "/lines/200/value"), "cannot be read"],
    ["put", put, "do it again"],
    ["delete", put, "do it again"],
    ["get", () => request("DELETE", "/lines/200"), "do it again"],
    ["delete", () => request("DELETE", "/lines/200"), "do it again"],
    ["list", () => request("POST", "/lines", FILE), "cannot be read"],
    ["put", () => request("POST", "/lines", FILE), "0 of 30 lines were written"],
  ] as const)("at %s of a request, it is told so in time", async (operation, asked, words) => {
    stopTime();
    const { lines } = linesFailing(operation, 1, fault);
    const { value, ms } = await elapse(problemOf(asked(), lines), 15_000);
    expect(value.detail).toContain(words);
    expect(ms).toBeLessThanOrEqual(fault === "hangs" ? 10_200 : 1_000);
  });
});

describe("an import during which KV fails", () => {
  it("says which lines are written, and is whole when it is sent again", async () => {
    const { lines } = linesFailing("put", 17);
    const { errors = [] } = await problemOf(request("POST", "/lines", FILE), lines);
    expect(errors).toHaveLength(30);
    const written = errors.filter((one) => one.endsWith(": is written"));
    expect(written.map((one) => one.split(":")[0])).toEqual(
      (await keys()).filter((key) => key !== "200"),
    );
    expect(written).toHaveLength(16);
    expect(errors.at(-1)).toBe("129: is not confirmed");
    expect((await ask(request("POST", "/lines", FILE), {})).status).toBe(200);
    expect(await keys()).toHaveLength(31);
  });

  it("does not go on writing", async () => {
    const { lines, calls } = linesFailing("put", 1);
    await problemOf(request("POST", "/lines", FILE), lines);
    expect(calls().put).toBeLessThan(30);
  });

  it("says so where what it hides could not be deleted", async () => {
    await env.LINES.put("+100", "old");
    const { lines } = linesFailing("delete");
    const { detail } = await problemOf(request("POST", "/lines", FILE), lines);
    expect(detail).toContain("All 30 lines are written, but");
  });

  it("stays below the platform's thousand operations", async () => {
    const count = 900;
    const file = JSON.stringify({
      lines: Array.from({ length: count }, (_, n) => ({ number: String(n), value: "a" })),
    });
    await env.LINES.put("+5", "old");
    const { text } = await ask(request("POST", "/lines", file), {});
    expect(JSON.parse(text)).toMatchObject({ errors: [expect.stringContaining("split it")] });
    await env.LINES.delete("+5");
    const { lines, calls } = linesFailing("delete");
    expect((await ask(request("POST", "/lines", file), { LINES: lines })).status).toBe(200);
    expect(calls()).toEqual({ get: 0, list: 1, put: count, delete: 0 });
  });
});

it("an export that fails in the middle is broken off, since half of it would look whole", async () => {
  const numbers = Array.from({ length: 150 }, (_, n) => String(1_000 + n));
  await Promise.all(numbers.map((number) => env.LINES.put(number, "a")));
  const { lines } = linesFailing("list", 2);
  const asked = ask(request("GET", "/lines?format=csv"), { LINES: lines });
  await expect(asked).rejects.toThrow("the platform is unwell");
});
