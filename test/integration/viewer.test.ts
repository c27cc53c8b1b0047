/** What a viewer gets to see of a call: everything but who it is. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { OTHER_EVENTS, payloadOf } from "../fixtures/events.ts";
import { event, ORIGIN, send } from "./support/bridge.ts";
import { call, play } from "./support/call.ts";
import { request } from "./support/operator.ts";
import { browse, sessionOf, TOKENS } from "./support/session.ts";

const LINE = "14155550190";
const CALLER = "447700900123";
const one = call({ line: LINE, caller: CALLER });
const LEG = one.identity.id;

const read = async (token: string, path: string) => {
  const asked = request("GET", path, undefined, { authorization: `Bearer ${token}` });
  const response = await send(asked);
  return { response, text: await response.text() };
};

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: "seen", deny: ["49 30 901820"] }));
  await play(one, ["answer", "started", "answered", "transfer"]);
  for (const fixture of OTHER_EVENTS) await event(payloadOf(fixture, LEG));
});

const PATHS = [
  ["/conferences/seen", CALLER],
  ["/conferences/seen?gone=true", CALLER],
  ["/conferences/seen/events?limit=1000", CALLER],
  [`/legs/${LEG}`, CALLER],
  [`/lines/${LINE}`, "4930901820"],
  ["/lines", "4930901820"],
] as const;

describe.each(PATHS)("GET %s", (path, number) => {
  it("shows a viewer the same as the operator, without a caller's number", async () => {
    const operator = await read(TOKENS.operator, path);
    expect(operator.text).toContain(number);
    const viewer = await read(TOKENS.viewer, path);
    expect(viewer.response.status).toBe(200);
    expect(viewer.response.headers.get("content-type")).toBe("application/json");
    expect(viewer.text).toContain(`***${number.slice(-2)}`);
    expect(viewer.text.replace(/[\s()./+-]/g, "")).not.toContain(number);
    expect(viewer.text).toContain(path.includes("lines") ? LINE : LEG);
    expect(Object.keys(JSON.parse(viewer.text) as object)).toEqual(
      Object.keys(JSON.parse(operator.text) as object),
    );
  });
});

it("masks what a session of a viewer gets, and errors too", async () => {
  const cookie = await sessionOf("viewer");
  const view = await send(browse(cookie, "GET", "/conferences/seen", null));
  expect(await view.json()).toMatchObject({ participants: [{ leg: LEG, caller: "***23" }] });
  const error = await read(TOKENS.viewer, `/conferences/seen/events?limit=${CALLER}`);
  expect(error.response.status).toBe(400);
  expect(error.response.headers.get("content-type")).toBe("application/problem+json");
  expect(JSON.parse(error.text)).toMatchObject({ status: 400, title: "Bad Request" });
});

it("shows no viewer a recording, nor a line as it is stored", async () => {
  for (const path of ["/conferences/seen/recordings", `/lines/${LINE}/value`]) {
    expect((await read(TOKENS.viewer, path)).response.status).toBe(403);
  }
  for (const format of ["json", "csv", "", "x"]) {
    const { response, text } = await read(TOKENS.viewer, `/lines?format=${format}`);
    expect(response.status).toBe(403);
    expect(text).not.toContain(LINE);
  }
  const head = new Request(`${ORIGIN}/api/conferences/seen/recordings`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${TOKENS.viewer}` },
  });
  expect((await send(head)).status).toBe(403);
});
