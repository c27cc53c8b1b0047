/** Keys that are special to a program, to a URL or to the platform: what can be written can be listed, read and deleted. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { api, send } from "./support/bridge.ts";
import { answer, call } from "./support/call.ts";
import { ask } from "./support/lines.ts";
import { request } from "./support/operator.ts";

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
