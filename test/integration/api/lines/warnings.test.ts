/** Lines that stand in KV with something that no voice can say: callers hear the nearest, and it is named. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { api, send } from "../../support/bridge.ts";
import { answer, call } from "../../support/call.ts";
import { ask } from "../../support/api/lines.ts";
import { dial, enter } from "../../support/prompt.ts";
import { request, type Problem } from "../../support/api/operator.ts";

const VALUE = JSON.stringify({
  language: "de-CH",
  greeting: "<speak>Kaffee & Kuchen",
  rooms: {
    2001: { conference: "a", greeting: "<speak>Raum <b>A</speak>", language: "xx" },
    2002: "b",
  },
});
const WARNINGS = [
  expect.stringMatching(/^language: is none .*; callers hear de-DE$/),
  expect.stringMatching(/^greeting: is no well-formed SSML.*; callers hear its words alone$/),
  expect.stringMatching(/^rooms, entry 1: language: is none .*; callers hear en-US$/),
  expect.stringMatching(/^rooms, entry 1: greeting: is no well-formed SSML/),
];

beforeEach(async () => {
  await reset();
});

describe("a line that says what cannot be said", () => {
  it("lets its callers in as ever, with the nearest of it", async () => {
    await env.LINES.put("100", VALUE);
    const caller = call({ line: "100" });
    const asked = await dial(caller);
    expect(asked).toMatchObject([{ action: "talk", language: "de-DE" }, {}, {}]);
    expect(await enter(caller, asked, "2002")).toMatchObject([
      { action: "talk", text: "Kaffee & Kuchen", language: "de-DE" },
      { action: "conversation", name: "b" },
    ]);
    const other = call({ line: "100" });
    expect(await enter(other, await dial(other), "2001")).toMatchObject([
      { text: "Raum A", language: "en-US" },
      { name: "a" },
    ]);
  });

  it("is listed with it, one by one and among all", async () => {
    await env.LINES.put("100", VALUE);
    expect((await api("/lines/100")).body).toMatchObject({ line: {}, problems: WARNINGS });
    const { body } = await api<{ lines: object[] }>("/lines");
    expect(body.lines).toMatchObject([{ number: "100", line: {}, problems: WARNINGS }]);
    expect(JSON.stringify(body)).not.toMatch(/warnings|2001/);
  });

  it("is neither written nor imported", async () => {
    const put = await ask<Problem>("PUT", "/lines/100", VALUE);
    expect(put).toMatchObject({ status: 422, body: { errors: WARNINGS } });
    const file = JSON.stringify({ lines: [{ number: "100", value: VALUE }] });
    const imported = await send(
      request("POST", "/lines", file, { "content-type": "application/json" }),
    );
    expect(imported.status).toBe(422);
    expect((await env.LINES.list()).keys).toEqual([]);
  });
});

it("a language is known in whatever case, and without its region", async () => {
  await ask("PUT", "/lines/101", '{"conference":"a","language":"EN-gb"}');
  await ask("PUT", "/lines/102", '{"conference":"a","language":"pt","greeting":"Olá."}');
  expect(await answer(call({ line: "101" }))).toMatchObject([{ language: "en-GB" }, {}]);
  expect(await answer(call({ line: "102" }))).toMatchObject([{ language: "pt-BR" }, {}]);
});
