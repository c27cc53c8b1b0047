/** Logging in and out, and what a session is good for. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ask } from "../support/api/ask.ts";
import { ORIGIN, send, sendWith } from "../support/bridge.ts";
import { browse, cookieOf, login, sessionOf, TOKENS } from "../support/api/session.ts";

const HOUR_MS = 3_600_000;
const LOCAL = "http://localhost:8787";

afterEach(() => {
  vi.useRealTimers();
});

describe("POST /api/session", () => {
  it.each(["operator", "viewer"] as const)("makes the %s a session", async (role) => {
    const response = await send(login({ token: TOKENS[role] }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      role,
      settings: {
        carrier: ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY"],
        dial: ["VONAGE_APPLICATION_ID", "VONAGE_PRIVATE_KEY", "DIAL_PREFIXES"],
      },
      webhooks: {
        answer: `${ORIGIN}/webhooks/answer`,
        event: `${ORIGIN}/webhooks/event`,
        fallback: `${ORIGIN}/webhooks/fallback`,
      },
    });
    expect(response.headers.get("set-cookie")).toMatch(
      /^partyline-session=\w+\.\d+\.\w+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it("asks for a secure cookie anywhere but on this very machine", async () => {
    const settings = { API_TOKEN: "development", VIEWER_TOKEN: "development-viewer" };
    const secure = async (origin: string, token: string) => {
      const { response } = await sendWith(settings, login({ token }, {}, origin));
      expect(response.status).toBe(200);
      return (response.headers.get("set-cookie") ?? "").includes("Secure");
    };
    expect(await secure(LOCAL, "development")).toBe(false);
    expect(await secure(LOCAL, "development-viewer")).toBe(false);
    expect(await secure("https://localhost:8787", "development")).toBe(true);
    const { response } = await sendWith(
      {},
      login({ token: TOKENS.viewer }, {}, "http://a.example"),
    );
    expect(response.headers.get("set-cookie")).toContain("Secure");
  });

  it.each([
    [{ token: "wrong" }, 401],
    [{ token: "" }, 400],
    [{ token: 1 }, 400],
    [{}, 401],
    [{ token: TOKENS.operator, role: "operator" }, 400],
  ])("refuses %j with %i, and gives no cookie", async (body, expected) => {
    const response = await send(login(body));
    expect(response.status).toBe(expected);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("refuses another page, a form, and a body without end", async () => {
    const token = TOKENS.operator;
    const from = (origin: string) => send(login({ token }, { origin }));
    expect((await from("https://evil.example")).status).toBe(403);
    expect((await from(ORIGIN)).status).toBe(200);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await send(login({ token }, form))).status).toBe(415);
    expect((await send(login({ token: "x".repeat(70_000) }))).status).toBe(413);
  });

  it.each([{ VIEWER_TOKEN: "" }, { VIEWER_TOKEN: "development-viewer" }])(
    "knows no viewer with %j",
    async (settings) => {
      for (const token of [" ", "development-viewer", TOKENS.viewer]) {
        const { status } = await ask(login({ token }), settings);
        expect([400, 401]).toContain(status);
      }
    },
  );

  it("takes one token for both to be the operator's", async () => {
    const { text } = await ask(login({ token: TOKENS.operator }), {
      VIEWER_TOKEN: TOKENS.operator,
    });
    expect(JSON.parse(text)).toMatchObject({ role: "operator" });
    const settings = { API_TOKEN: "", VIEWER_TOKEN: "reads" };
    expect((await ask(login({ token: "reads" }), settings)).status).toBe(503);
  });
});

describe("a session", () => {
  it("says whose it is", async () => {
    for (const role of ["operator", "viewer"] as const) {
      const response = await send(browse(await sessionOf(role), "GET", "/session", null));
      expect(response.headers.get("cache-control")).toBe("private, no-store");
      expect(await response.json()).toMatchObject({ role });
    }
  });

  it("acts from our own pages", async () => {
    const response = await send(
      browse(await sessionOf("operator"), "POST", "/conferences/own/lock"),
    );
    expect([response.status, await response.json()]).toEqual([200, { locked: true }]);
    expect((await env.CONFERENCE.getByName("own").view(0))?.locked).toBe(true);
  });

  it("yields to a token that is sent with it", async () => {
    const request = browse(await sessionOf("operator"), "GET", "/session");
    request.headers.set("authorization", `Bearer ${TOKENS.viewer}`);
    expect(await (await send(request)).json()).toMatchObject({ role: "viewer" });
    request.headers.set("authorization", "Bearer wrong");
    expect((await send(request)).status).toBe(401);
  });

  it("ends after twelve hours, and when its token is changed", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const cookie = await sessionOf("viewer");
    const status = async (settings = {}) =>
      (await ask(browse(cookie, "GET", "/session"), settings)).status;
    vi.setSystemTime(Date.now() + 11.9 * HOUR_MS);
    expect(await status()).toBe(200);
    expect(await status({ VIEWER_TOKEN: "changed" })).toBe(401);
    expect(await status({ VIEWER_TOKEN: "" })).toBe(401);
    vi.setSystemTime(Date.now() + 0.2 * HOUR_MS);
    expect(await status()).toBe(401);
  });

  it.each(["operator", "viewer"] as const)("of the %s ends with logging out", async (role) => {
    const response = await send(browse(await sessionOf(role), "DELETE", "/session"));
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(cookieOf(response)).toBe("partyline-session=");
    expect(response.headers.get("set-cookie")).toContain("Max-Age=0; Path=/; HttpOnly; Secure");
  });
});
