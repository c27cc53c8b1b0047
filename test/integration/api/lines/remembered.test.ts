/** What an isolate remembers of the lines that it has read. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { lookUpLine, type LookUp } from "../../../../src/lines/kv/look-up.ts";
import { linesFailing } from "../../support/faulty-lines.ts";

const rooms = (count: number, name: string): string =>
  JSON.stringify({
    rooms: Object.fromEntries(Array.from({ length: count }, (_, n) => [String(10_000 + n), name])),
  });

const lineOf = (found: LookUp): unknown => (found.kind === "line" ? found.line : found);
const read = async (number: string, ceiling?: number): Promise<unknown> =>
  lineOf(await lookUpLine(env.LINES, number, ceiling));

beforeEach(async () => {
  await reset();
});

it("the same text is not parsed again: both calls have one and the same line", async () => {
  await env.LINES.put("100", rooms(500, "a"));
  const first = await read("100");
  expect(await read("100")).toBe(first);
});

it("an edited line, another entry's, and one under another ceiling are", async () => {
  await env.LINES.put("101", rooms(5, "a"));
  const first = await read("101");
  await env.LINES.put("101", rooms(5, "b"));
  const second = await read("101");
  expect(second).not.toBe(first);
  expect(second).toMatchObject({ rooms: { get: expect.any(Function) } });
  expect((second as { rooms: Map<string, unknown> }).rooms.get("10000")).toEqual({
    room: { conference: "b" },
  });
  await env.LINES.put("101", '{"conference":"a","maxParticipants":80}');
  expect(await read("101", 100)).toMatchObject({ door: { room: { maxParticipants: 80 } } });
  expect(await read("101", 60)).toMatchObject({ kind: "misconfigured" });
  await env.LINES.delete("101");
  await env.LINES.put("+101", '{"conference":"a","maxParticipants":80}');
  expect(await lookUpLine(env.LINES, "101", 100)).toMatchObject({ kind: "line", key: "+101" });
});

it("of many long lines the oldest is forgotten, so that memory does not fill", async () => {
  const value = rooms(3_500, "a");
  const numbers = Array.from({ length: 30 }, (_, n) => String(200 + n));
  for (const number of numbers) await env.LINES.put(number, value);
  const first = await read("200");
  const last = [];
  for (const number of numbers.slice(1)) last.push(await read(number));
  expect(await read("229")).toBe(last.at(-1));
  expect(await read("200")).not.toBe(first);
});

it("a value that is too long is misconfigured, and its text is not kept", async () => {
  await env.LINES.put("300", "a".repeat(5_000_000));
  const found = await lookUpLine(env.LINES, "300");
  const problems = ["the value: may have at most 64 KiB"];
  expect(found).toEqual({ kind: "misconfigured", key: "300", value: "", problems });
  const { lines } = linesFailing("get");
  expect(await lookUpLine(lines, "300")).toBe(found);
  await env.LINES.put("300", "");
  expect(await lookUpLine(env.LINES, "300")).not.toMatchObject({ problems });
  await env.LINES.put("300", "a");
  expect(await lookUpLine(env.LINES, "300")).toMatchObject({ kind: "line", value: "a" });
});
