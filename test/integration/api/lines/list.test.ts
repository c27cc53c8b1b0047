/** `GET /api/lines`: the table of all lines. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ask } from "../../support/api/lines.ts";

const PIN = "480215";

beforeEach(async () => {
  await reset();
});

describe("GET /api/lines", () => {
  it("lists them by their keys, page by page, with what is wrong and without codes and PINs", async () => {
    await env.LINES.put("14155550102", '{"conference":"b","colour":"red"}');
    await env.LINES.put("14155550101", `{"conference":"a","pin":"${PIN}"}`);
    await env.LINES.put("*", "lobby\n");
    await env.LINES.put("14155550103", `{"conference":"a","pin":"${PIN}"`);
    const first = await ask<{ lines: unknown[]; next: string }>("GET", "/lines?limit=3");
    expect(first.body.lines).toEqual([
      { number: "*", value: "lobby\n", line: { conference: "lobby" }, problems: [] },
      {
        number: "14155550101",
        value: '{"conference":"a","pin":"***"}',
        line: { conference: "a", pin: "***" },
        problems: [],
      },
      {
        number: "14155550102",
        value: '{"conference":"b","colour":"red"}',
        line: null,
        problems: ["colour: is not a key of a line"],
      },
    ]);
    const after = encodeURIComponent(first.body.next);
    const rest = await ask<{ lines: unknown[] }>("GET", `/lines?after=${after}`);
    expect(rest.body).toEqual({
      lines: [{ number: "14155550103", value: null, line: null, problems: [expect.any(String)] }],
      next: null,
    });
  });

  it("names entries that no call leads to", async () => {
    for (const key of ["14155550101", "+14155550101", "+14155550102", "Standup"]) {
      await env.LINES.put(key, "a");
    }
    const { body } = await ask<{ lines: { problems: string[] }[] }>("GET", "/lines");
    expect(body.lines.map(({ problems }) => problems)).toEqual([
      ["its key: the entry 14155550101 goes before it"],
      [],
      [],
      ["its key: no call leads to it, but to standup"],
    ]);
  });

  it.each(["0", "101", "x", ""])("has pages of 1 to 100, not of %j", async (limit) => {
    expect((await ask("GET", `/lines?limit=${limit}`)).status).toBe(400);
  });

  it("is empty where there are none", async () => {
    expect((await ask("GET", "/lines")).body).toEqual({ lines: [], next: null });
  });

  it("lets calls have their turn between long lines", async () => {
    const rooms = Array.from({ length: 3_500 }, (_, n) => [String(10_000 + n), "standup"]);
    const value = JSON.stringify({ rooms: Object.fromEntries(rooms) });
    for (let n = 0; n < 40; n++) await env.LINES.put(String(1_000 + n), value);
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const { body } = await ask<{ lines: unknown[] }>("GET", "/lines");
    clearInterval(count);
    expect(body.lines).toHaveLength(40);
    expect(turns).toBeGreaterThanOrEqual(30);
  });
});
