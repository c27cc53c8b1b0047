/** Keys that are special to a program, to a URL or to the platform: what can be written can be listed, read and deleted. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { api, send } from "../../support/bridge.ts";
import { answer, call } from "../../support/call.ts";
import { ask } from "../../support/api/lines.ts";
import { request } from "../../support/api/operator.ts";

/** What objects have, array indices, the last one and what is none any more, and what a URL means something by. */
const KEYS = [
  ..."__proto__ constructor hasownproperty tostring valueof __definegetter__".split(" "),
  ..."0 7 3222345678 4294967294 4294967295 4294967296".split(" "),
  ..."a/b /a a/ 50% %41 %2f %25 a?b a#b a&b=c a+b +alice a\\b a:b".split(" "),
  "a b",
  "🎧",
  "é",
  "e\u0301",
  "日本",
  ".a",
  "...",
];

const path = (key: string): string => `/lines/${encodeURIComponent(key)}`;

beforeEach(async () => {
  await reset();
});

it.each(KEYS)("the line %j is written, called, listed, read and deleted", async (key) => {
  const written = await ask("PUT", path(key), "standup");
  expect([written.status, written.body["number"]]).toEqual([200, key]);
  expect((await env.LINES.list()).keys.map(({ name }) => name)).toEqual([key]);

  expect(await answer(call({ line: key }))).toMatchObject([{}, { name: "standup" }]);
  expect((await api("/lines")).body).toMatchObject({
    lines: [{ number: key, value: "standup", problems: [] }],
  });
  expect((await api(path(key))).body).toMatchObject({ key, problems: [] });
  const value = await send(request("GET", `${path(key)}/value`));
  expect([value.status, await value.text()]).toEqual([200, "standup"]);
  const file = await (await send(request("GET", "/lines?format=json"))).json();
  expect(file).toEqual({ lines: [{ number: key, value: "standup" }] });
  const imported = await send(
    request("POST", "/lines", JSON.stringify(file), { "content-type": "application/json" }),
  );
  expect(await imported.json()).toMatchObject({ written: 1, lines: [key] });

  expect((await ask("DELETE", path(key))).body).toMatchObject({ deleted: [key] });
  expect((await env.LINES.list()).keys).toEqual([]);
});

describe("an entry that no call can lead to", () => {
  it.each(["hasOwnProperty", "toString", "__defineGetter__", "A/B", " a", "+1 2"])(
    "%j is listed, read and deleted too",
    async (key) => {
      await env.LINES.put(key, "standup");
      expect((await api("/lines")).body).toMatchObject({
        lines: [{ number: key, value: "standup", problems: [expect.any(String)] }],
      });
      const value = await send(request("GET", `${path(key)}/value`));
      expect([value.status, await value.text()]).toEqual([200, "standup"]);
      expect((await ask("DELETE", path(key))).body).toMatchObject({ deleted: [key] });
      expect((await env.LINES.list()).keys).toEqual([]);
    },
  );
});

it("entries that are more than the platform reads at once are listed all the same", async () => {
  const big = "a".repeat(14 * 1_048_576);
  for (const key of ["big-1", "big-2", "small"]) {
    await env.LINES.put(key, key === "small" ? "a" : big);
  }
  const { body } = await api("/lines");
  expect(body).toMatchObject({
    lines: [
      {
        number: "big-1",
        value: null,
        line: null,
        problems: ["the value: may have at most 64 KiB"],
      },
      { number: "big-2", value: null },
      { number: "small", value: "a", problems: [] },
    ],
  });
});

const csv = (numbers: readonly string[]): string =>
  ["number,value", ...numbers.map((number) => `"${number}",standup`)].join("\r\n");
const imported = async (file: string) =>
  await send(request("POST", "/lines", file, { "content-type": "text/csv" }));

describe("what a person reads as a phone number", () => {
  const SPELLINGS = [
    "\u202a+1 415 555 0100\u202c",
    "1415\u200b5550100",
    "1–415–555–0100",
    "１４１５５５５０１００",
  ].concat(["1/415/555-0100", "1,415,555,0100", "1'415'555'0100"]);
  const NONE = ["+1 415 555 0100 ext. 5", "14155550100x5", "#2001", "+14155550100;ext=5"].concat([
    "+14155550100,,123",
    "+44 (0) 20 7946 0000",
  ]);
  it.each(SPELLINGS)("is the line of that number, and its callers get in: %j", async (typed) => {
    expect((await ask("PUT", path(typed), "standup")).body["number"]).toBe("14155550100");
    expect(await answer(call({ line: "14155550100" }))).toMatchObject([{}, { name: "standup" }]);
    expect(await answer(call({ line: typed }))).toMatchObject([{}, { name: "standup" }]);
    await reset();
    expect((await imported(csv([typed]))).status).toBe(200);
    expect(await env.LINES.get("14155550100")).toBe("standup");
  });

  it.each(NONE)(
    "and is none is refused, and called as ever where it stands in KV: %j",
    async (typed) => {
      const put = await ask<{ errors: string[] }>("PUT", path(typed), "standup");
      expect([put.status, put.body.errors]).toEqual([422, [expect.stringMatching(/^number: /)]]);
      const response = await imported(csv(["2001", typed]));
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({
        errors: [expect.stringMatching(/^row 3: number: /)],
      });
      expect((await env.LINES.list()).keys).toEqual([]);
      await env.LINES.put(typed, "standup");
      expect((await api("/lines")).body).toMatchObject({
        lines: [{ number: typed, problems: [expect.stringMatching(/^its key: /)] }],
      });
      expect((await ask("DELETE", path(typed))).body).toMatchObject({ deleted: [typed] });
    },
  );

  it("still leads where it led", async () => {
    await env.LINES.put("14155550100x5", "standup");
    expect(await answer(call({ line: "14155550100X5" }))).toMatchObject([{}, { name: "standup" }]);
    expect((await api("/lines/14155550100x5")).body).toMatchObject({
      line: { conference: "standup" },
      problems: [expect.stringMatching(/^its key: /)],
    });
  });
});
