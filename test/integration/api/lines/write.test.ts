/** Managing single lines: writing, reading as they are stored, and deleting. */
import { env } from "cloudflare:workers";
import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ORIGIN, send } from "../../support/bridge.ts";
import { answer, call } from "../../support/call.ts";
import { ask, stored } from "../../support/api/lines.ts";
import { request, type Problem } from "../../support/api/operator.ts";
import { TOKENS } from "../../support/api/session.ts";

const PIN = "480215";

beforeEach(async () => {
  await reset();
});

const put = async (body: BodyInit, type: string): Promise<number> => {
  const headers = { authorization: `Bearer ${TOKENS.operator}`, "content-type": type };
  const init = { method: "PUT", headers, body };
  return (await send(new Request(`${ORIGIN}/api/lines/14155550100`, init))).status;
};

/** What is stored, as the API says it. */
const value = async (number: string): Promise<[number, string]> => {
  const response = await send(request("GET", `/lines/${number}/value`));
  return [response.status, await response.text()];
};

describe("PUT /api/lines/:number", () => {
  it("stores what it was sent under the number's key, and answers with it", async () => {
    const line = `{ "rooms": { "2002": "b", "2001": { "conference": "a", "pin": "${PIN}" } } }`;
    const { status, body } = await ask("PUT", "/lines/+1%20(415)%20555-0100", `${line}\n`);
    expect(status).toBe(200);
    expect(body).toEqual({
      number: "14155550100",
      value: expect.stringContaining('{"code":"***","conference":"b"}'),
      line: { rooms: [expect.objectContaining({ conference: "b" }), expect.anything()] },
      problems: [],
      ncco: expect.arrayContaining([expect.objectContaining({ action: "input" })]),
      written: true,
      note: expect.stringContaining("may take a minute"),
    });
    expect(JSON.stringify(body)).not.toContain(PIN);
    expect(await stored()).toEqual({ "14155550100": line });
  });

  it("is followed by the next call", async () => {
    await ask("PUT", "/lines/14155550101", "first");
    expect(await answer(call({ line: "14155550101" }))).toMatchObject([{}, { name: "first" }]);
    await ask("PUT", "/lines/14155550101", '{"conference":"second"}', {
      "content-type": "application/json; charset=utf-8",
    });
    expect(await answer(call({ line: "14155550101" }))).toMatchObject([{}, { name: "second" }]);
  });

  it("only validates for a dry run", async () => {
    const { status, body } = await ask("PUT", "/lines/14155550100?dryRun=true", "standup");
    expect(status).toBe(200);
    expect(body).toMatchObject({ line: { conference: "standup" }, written: false });
    expect(body["note"]).toBe("Nothing was written.");
    expect(await stored()).toEqual({});
  });

  it.each(["", "?dryRun=true"])("names every problem, and writes nothing: %s", async (query) => {
    const line = `{"conference":"a b","pin":${PIN},"colour":"red"}`;
    const { status, body } = await ask<Problem>("PUT", `/lines/4.41E+11${query}`, line);
    expect(status).toBe(422);
    expect(body.errors?.map((problem) => problem.split(":")[0])).toEqual([
      "number",
      "conference",
      "pin",
      "colour",
    ]);
    expect(JSON.stringify(body)).not.toContain(PIN);
    expect(await stored()).toEqual({});
  });

  it("replaces an entry that was typed with +, which would else come back one day", async () => {
    await env.LINES.put("+14155550100", "old");
    await ask("PUT", "/lines/14155550100", "new");
    expect(await stored()).toEqual({ "14155550100": "new" });
  });

  it.each([
    ["%20", 422],
    ["sip:@example.com", 422],
    ["*", 200],
  ])("writes the default line only where it is named: %s", async (number, expected) => {
    expect((await ask("PUT", `/lines/${number}`, "lobby")).status).toBe(expected);
    expect(await stored()).toEqual(expected === 200 ? { "*": "lobby" } : {});
  });

  it("takes text, in UTF-8, of at most 64 KiB", async () => {
    expect(await put("standup", "application/x-www-form-urlencoded")).toBe(415);
    expect(await put("standup", "text/csv")).toBe(415);
    expect(await put(new Uint8Array([0x61, 0xff]), "text/plain")).toBe(400);
    expect(await put("a".repeat(65_537), "text/plain")).toBe(413);
    expect(await stored()).toEqual({});
  });
});

describe("GET /api/lines/:number/value", () => {
  it("is what is stored under this very number, codes and PINs too", async () => {
    const line = `{"conference":"a", "pin":"${PIN}"}`;
    await env.LINES.put("14155550101", line);
    await env.LINES.put("+14155550102", "typed-with-plus");
    await env.LINES.put("*", "lobby");
    expect(await value("+1-415-555-0101")).toEqual([200, line]);
    expect(await value("14155550102")).toEqual([200, "typed-with-plus"]);
    expect(await value("*")).toEqual([200, "lobby"]);
    for (const none of ["14155550103", "%20", "..%2f", "a".repeat(600)]) {
      expect((await value(none))[0]).toBe(404);
    }
  });
});

describe("DELETE /api/lines/:number", () => {
  it("removes what its callers find, the entry with + too, and nothing else", async () => {
    for (const key of ["14155550101", "+14155550101", "*"]) await env.LINES.put(key, "a");
    const { status, body } = await ask("DELETE", "/lines/+1-415-555-0101");
    expect(status).toBe(200);
    expect(body).toEqual({
      number: "14155550101",
      deleted: ["14155550101", "+14155550101"],
      note: expect.stringContaining("may take a minute"),
    });
    expect(await stored()).toEqual({ "*": "a" });
    expect((await ask("DELETE", "/lines/14155550101")).status).toBe(404);
  });

  it("removes the default line only where it is named", async () => {
    await env.LINES.put("*", "lobby");
    for (const number of ["nobody", "%20", ";", "a".repeat(200)]) {
      expect((await ask("DELETE", `/lines/${number}`)).status).toBe(404);
    }
    expect((await ask("DELETE", "/lines/*")).body).toMatchObject({ deleted: ["*"] });
    expect(await stored()).toEqual({});
  });

  it("gets rid of an entry that no caller can find", async () => {
    for (const key of ["Standup", "standup", "4.41E+11"]) await env.LINES.put(key, "a");
    expect((await ask("DELETE", "/lines/Standup")).body).toMatchObject({ deleted: ["Standup"] });
    expect((await ask("DELETE", "/lines/4.41E+11")).body).toMatchObject({ deleted: ["4.41E+11"] });
    expect(await stored()).toEqual({ standup: "a" });
  });
});

it("takes nothing for a dry run that is not clearly one, and writes nothing then", async () => {
  for (const query of ["dryRun=1", "dryRun", "dryRun=TRUE", "dryrun=true", "dryRun=true&force=1"]) {
    const { status } = await ask("PUT", `/lines/14155550100?${query}`, "standup");
    expect(status).toBe(400);
  }
  expect(await env.LINES.get("14155550100")).toBeNull();
  expect((await ask("PUT", "/lines/14155550100?dryRun=false", "standup")).status).toBe(200);
});

it("deletes no line of another user whose name only looks like a number's other form", async () => {
  await env.LINES.put("alice", "standup");
  await env.LINES.put("+alice", "town-hall");
  await ask("DELETE", "/lines/alice");
  expect(await env.LINES.get("alice")).toBeNull();
  expect(await env.LINES.get("+alice")).toBe("town-hall");
});
