/** All lines as a file, and a file of lines. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { send } from "../../support/bridge.ts";
import { stored } from "../../support/api/lines.ts";
import { request, type Problem } from "../../support/api/operator.ts";

const TYPES = { json: "application/json", csv: "text/csv" } as const;
const FORMATS = ["json", "csv"] as const;
const PIN = "480215";

const exported = async (format: string) => {
  const response = await send(request("GET", `/lines?format=${format}`));
  expect(response.status).toBe(200);
  return { headers: response.headers, bytes: await response.arrayBuffer() };
};

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
async function imported<T = Record<string, unknown>>(
  file: BodyInit,
  format: "json" | "csv",
  query = "",
): Promise<{ status: number; body: T }> {
  const plain = request("POST", `/lines${query}`, "", { "content-type": TYPES[format] });
  const response = await send(new Request(plain.url, { ...init(plain), body: file }));
  return { status: response.status, body: await response.json<T>() };
}

function init({ method, headers }: Request): RequestInit {
  return { method, headers };
}

const json = (...lines: [number: string, value: string][]): string =>
  JSON.stringify({ lines: lines.map(([number, value]) => ({ number, value })) });

const many = (count: number, value: string): string =>
  json(...Array.from({ length: count }, (_, n): [string, string] => [String(n), value]));

const LINES = {
  "*": "lobby",
  "14155550101": "standup",
  "14155550102": `{ "conference": "a", "pin": "${PIN}",\r\n "greeting": "Grüß dich; „du“, \\"x\\"" }`,
  "14155550103": '{"rooms":{"2002":"b","2001":"a"}}',
  "3222345678": "of-ten-digits",
  "front-desk": "007",
};

beforeEach(async () => {
  await reset();
});

describe.each(FORMATS)("an export as %s", (format) => {
  it("comes as a file, and brings everything back to where it was", async () => {
    for (const [number, value] of Object.entries(LINES)) await env.LINES.put(number, value);
    const { headers, bytes } = await exported(format);
    expect(headers.get("content-type")).toContain(TYPES[format]);
    expect(headers.get("content-disposition")).toBe(`attachment; filename="lines.${format}"`);
    expect(headers.get("cache-control")).toContain("no-store");
    await reset();
    const { status, body } = await imported(bytes, format);
    expect(status).toBe(200);
    expect(body).toEqual({
      written: 6,
      dryRun: false,
      lines: Object.keys(LINES).toSorted(),
      note: expect.stringContaining("may take a minute"),
    });
    expect(await stored()).toEqual(LINES);
  });

  it("has every line of however many pages, each once", async () => {
    const numbers = Array.from({ length: 250 }, (_, n) => String(14_155_550_000 + n));
    await Promise.all(numbers.map((number) => env.LINES.put(number, "a")));
    const { bytes } = await exported(format);
    expect((await imported(bytes, format, "?dryRun=true")).body["lines"]).toEqual(numbers);
  });

  it("has no line that another one hides, which could not be read in again", async () => {
    for (const key of ["+1", "1", "+2"]) await env.LINES.put(key, key.replace("+", "plus-"));
    const { bytes } = await exported(format);
    expect((await imported(bytes, format)).body).toMatchObject({ lines: ["2", "1"] });
    expect(await stored()).toEqual({ "1": "1", "2": "plus-2" });
  });

  it("has no entry that no call leads to, which would come alive", async () => {
    await env.LINES.put("alice", "standup");
    await env.LINES.put("Alice", "town-hall");
    await env.LINES.put("Bob", "town-hall");
    const { bytes } = await exported("json");
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
      lines: [{ number: "alice", value: "standup" }],
    });
  });

  it("is an empty file where there are none", async () => {
    const { bytes } = await exported(format);
    const text = new TextDecoder().decode(bytes).trim();
    expect(text).toBe(format === "csv" ? "number,value" : '{"lines":[\n\n]}');
    expect((await imported<Problem>(bytes, format)).body.errors).toEqual([
      "the file has no lines in it",
    ]);
  });
});

describe("an import", () => {
  it("adds and replaces, and deletes nothing but what it replaces", async () => {
    for (const key of ["1", "+2", "3", "+3", "+9"]) await env.LINES.put(key, "old");
    await imported(json(["+1", " new\n"], ["2", "new"]), "json");
    expect(await stored()).toEqual({
      "1": "new",
      "2": "new",
      "3": "old",
      "+3": "old",
      "+9": "old",
    });
  });

  it("only validates for a dry run", async () => {
    const { status, body } = await imported(json(["1", "a"]), "json", "?dryRun=true");
    expect(status).toBe(200);
    expect(body).toEqual({ written: 0, dryRun: true, lines: ["1"], note: "Nothing was written." });
    expect(await stored()).toEqual({});
  });

  it.each(["", "?dryRun=true"])("writes nothing where anything is wrong: %s", async (query) => {
    const file = [
      "number,value",
      "1,a",
      `4.4E+11,"{""conference"":""a"",""pin"":${PIN}}"`,
      "+1,b c",
    ].join("\r\n");
    const { status, body } = await imported<Problem>(file, "csv", query);
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      expect.stringContaining("row 3: number: 4.4E+11"),
      expect.stringContaining("row 3: pin: must be in quotes"),
      "row 4: number: is in row 2 already",
      expect.stringContaining("row 4: conference"),
    ]);
    expect(JSON.stringify(body)).not.toContain(PIN);
    expect(await stored()).toEqual({});
  });

  it("takes 900 lines, and a file of at most 1 MiB", async () => {
    expect((await imported(many(900, "a"), "json")).body["written"]).toBe(900);
    expect((await imported(many(901, "a"), "json")).status).toBe(422);
    const long = JSON.stringify({ conference: "a", greeting: "a".repeat(1_400) });
    expect((await imported(many(700, long), "json", "?dryRun=true")).status).toBe(200);
    expect((await imported(many(750, long), "json", "?dryRun=true")).status).toBe(413);
  });

  it("is of a type that it can read", async () => {
    const asked = request("POST", "/lines", "number,value", { "content-type": "text/plain" });
    expect((await send(asked)).status).toBe(415);
    expect((await imported<Problem>("{", "json")).body.errors).toEqual(["the file is not JSON"]);
  });
});

it("an export has a format", async () => {
  for (const format of ["", "xml"]) {
    expect((await send(request("GET", `/lines?format=${format}`))).status).toBe(400);
  }
});
