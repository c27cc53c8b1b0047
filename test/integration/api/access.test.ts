/** Every route that there is, as the app's own table has it: nobody can add one that these rules do not hold for. */
import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { sessionCookie } from "../../../src/http/api/auth/session-cookie.ts";
import { send } from "../support/bridge.ts";
import { request } from "../support/api/operator.ts";
import { browse, sessionOf, TOKENS } from "../support/api/session.ts";

const TABLE = createApp().routes;
const VALUES: Readonly<Record<string, string>> = { name: "standup", number: "14155550100" };

/** What is behind `/api`, once each: a handler with middleware of its own is there several times. */
const ROUTES = [
  ...new Set(
    TABLE.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/")).map(
      ({ method, path }) => `${method} ${path.slice("/api".length)}`,
    ),
  ),
].map((route) => {
  const [method = "", path = ""] = route.split(" ");
  return [method, path.replace(/:(\w+)/g, (_, name: string) => VALUES[name] ?? "one")] as const;
});

const LOG_IN = "POST /session";
const LOG_OUT = "DELETE /session";
const named = ([method, path]: readonly [string, string]): string => `${method} ${path}`;
const CLOSED = ROUTES.filter((route) => named(route) !== LOG_IN);
const READING = CLOSED.filter(([method]) => method === "GET");
const CHANGING = CLOSED.filter(([method]) => method !== "GET");
const ORDERS = CHANGING.filter((route) => named(route) !== LOG_OUT);

/** What shows more than who is on the line. */
const NOT_FOR_VIEWERS = [
  "/conferences/standup/recordings",
  "/conferences/standup/recordings/one",
  "/conferences/standup/recordings/one/transcription",
  "/lines/14155550100/value",
];

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const status = async (one: Request): Promise<number> => {
  const response = await send(one);
  if (response.status >= 400) {
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status: response.status });
  }
  return response.status;
};

describe("the table of routes", () => {
  it("is not empty, and has nothing that is neither the API's nor known to be open", () => {
    expect(ROUTES.length).toBeGreaterThan(25);
    expect(ORDERS.length).toBeGreaterThan(15);
    const open = TABLE.map(({ path }) => path).filter((path) => !path.startsWith("/api/"));
    expect(open.filter((path) => !path.startsWith("/webhooks/"))).toEqual(["/health"]);
  });

  it("has middleware only where a path stands for every method", () => {
    const all = TABLE.filter(({ method, path }) => method === "ALL" && path.startsWith("/api/"));
    expect([...new Set(all.map(({ path }) => path))].toSorted()).toEqual([
      "/api/*",
      "/api/conferences/:name/*",
      "/api/conferences/:name/recordings/*",
      "/api/lines/:number/value",
    ]);
  });
});

it("lets nobody log in without a token", async () => {
  expect(await status(request("POST", "/session", undefined, { authorization: "" }))).toBe(401);
});

describe.each(CLOSED)("%s %s", (method, path) => {
  it("is closed to strangers", async () => {
    const forged = await sessionCookie("operator", "another token", Date.now());
    const over = await sessionCookie("operator", TOKENS.operator, 0);
    expect(await status(request(method, path, undefined, { authorization: "" }))).toBe(401);
    expect(await status(request(method, path, undefined, bearer("guessed")))).toBe(401);
    for (const value of ["", "operator", forged, over]) {
      expect(await status(browse(`partyline-session=${value}`, method, path))).toBe(401);
    }
  });
});

describe.each(ORDERS)("%s %s", (method, path) => {
  it("is not a viewer's to do, before anything else is looked at", async () => {
    const cookie = await sessionOf("viewer");
    expect(await status(request(method, path, "{", bearer(TOKENS.viewer)))).toBe(403);
    expect(await status(browse(cookie, method, path))).toBe(403);
  });
});

describe.each(READING)("%s %s", (method, path) => {
  it(`is ${NOT_FOR_VIEWERS.includes(path) ? "not " : ""}a viewer's to read`, async () => {
    const response = await send(request(method, path, undefined, bearer(TOKENS.viewer)));
    if (NOT_FOR_VIEWERS.includes(path)) {
      expect(response.status).toBe(403);
    } else {
      expect([200, 404, 426, 503]).toContain(response.status);
      // Nothing else is masked.
      expect(response.headers.get("content-type")).toMatch(/^application\/(problem\+)?json/);
    }
    await response.body?.cancel();
  });

  it("connects no page of somebody else's", async () => {
    for (const from of ["https://evil.example", "null", null]) {
      const one = browse(await sessionOf("operator"), method, path, from);
      one.headers.set("upgrade", "websocket");
      expect(await status(one)).toBe(403);
    }
  });
});

describe("a session of the operator", () => {
  let cookie = "";
  beforeAll(async () => {
    cookie = await sessionOf("operator");
  });

  it.each(CHANGING)("takes no order from another page: %s %s", async (method, path) => {
    for (const from of ["https://evil.example", "http://bridge.example.com", "null", null]) {
      expect(await status(browse(cookie, method, path, from))).toBe(403);
    }
  });
});
