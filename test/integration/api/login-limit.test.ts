/** Whoever guesses tokens is braked, and nobody else is. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newAddress } from "../support/address.ts";
import { ask } from "../support/api/ask.ts";
import { send } from "../support/bridge.ts";
import { request } from "../support/api/operator.ts";
import { browse, login, sessionOf, TOKENS } from "../support/api/session.ts";

const MOST = 10;

const ofToken = (token: string, address: string): Request =>
  request("GET", "/session", undefined, {
    authorization: `Bearer ${token}`,
    "cf-connecting-ip": address,
  });

const status = async (asked: Request, settings = {}): Promise<number> =>
  (await ask(asked, settings)).status;

/** Guesses as often as is allowed, in either way. */
async function exhaust(address: string, settings = {}): Promise<void> {
  for (let n = 0; n < MOST; n++) {
    const asked =
      n % 2 === 0
        ? ofToken(`guess-${n}`, address)
        : login({ token: `guess-${n}` }, { "cf-connecting-ip": address });
    expect(await status(asked, settings)).toBe(401);
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("after ten wrong tokens in a minute", () => {
  it("no token of that address is compared any more, not even a right one", async () => {
    const address = newAddress();
    await exhaust(address);
    for (const token of ["another", TOKENS.operator, TOKENS.viewer]) {
      const response = await send(ofToken(token, address));
      expect(response.status).toBe(429);
      expect(await response.json()).toMatchObject({ title: "Too Many Requests", status: 429 });
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(50);
      expect(Number(response.headers.get("retry-after"))).toBeLessThanOrEqual(60);
      expect(await status(login({ token }, { "cf-connecting-ip": address }))).toBe(429);
    }
    expect(await status(ofToken(TOKENS.operator, newAddress()))).toBe(200);
  });

  it("sessions go on, and who sends nothing is told to send a token", async () => {
    const address = newAddress();
    const cookie = await sessionOf("operator");
    await exhaust(address);
    const asked = browse(cookie, "GET", "/session");
    asked.headers.set("cf-connecting-ip", address);
    expect(await status(asked)).toBe(200);
    asked.headers.delete("cookie");
    expect(await status(asked)).toBe(401);
  });

  it("all is well again a minute later", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const address = newAddress();
    await exhaust(address);
    vi.setSystemTime(Date.now() + 59_000);
    expect(await status(ofToken(TOKENS.operator, address))).toBe(429);
    vi.setSystemTime(Date.now() + 1_000);
    expect(await status(ofToken(TOKENS.operator, address))).toBe(200);
  });

  it("the whole /64 is braked, and the next one is not", async () => {
    await exhaust("2001:db8:1:2::1");
    expect(await status(ofToken(TOKENS.operator, "2001:db8:1:2:ffff::2"))).toBe(429);
    expect(await status(ofToken(TOKENS.operator, "2001:db8:1:3::1"))).toBe(200);
  });

  it("they are braked together whose address nobody names", async () => {
    await exhaust("");
    const asked = request("GET", "/session");
    asked.headers.delete("cf-connecting-ip");
    expect(await status(asked)).toBe(429);
  });
});

describe("the brake", () => {
  it("lets the right token ask as often as it likes", async () => {
    const address = newAddress();
    for (let n = 0; n < 3 * MOST; n++) {
      expect(await status(ofToken(TOKENS.operator, address))).toBe(200);
    }
  });

  it("finds no right token among many that come at once", async () => {
    const address = newAddress();
    const guesses = Array.from({ length: 50 }, (_, n) => ofToken(`guess-${n}`, address));
    const all = [...guesses, ofToken(TOKENS.operator, address)];
    const statuses = await Promise.all(all.map(async (asked) => await status(asked)));
    expect(statuses.at(-1)).toBe(429);
  });

  it("hears from the other isolates with the first wrong token", async () => {
    const address = newAddress();
    const keys: string[] = [];
    const LOGINS = {
      limit: async ({ key }: { key: string }) => {
        keys.push(key);
        return { success: false };
      },
    };
    expect(await status(ofToken("guess", address), { LOGINS })).toBe(401);
    expect(await status(ofToken(TOKENS.operator, address), { LOGINS })).toBe(429);
    expect(keys).toEqual([address]);
  });

  it.each([
    ["is not there", undefined],
    ["fails", { limit: () => Promise.reject(new Error("the platform is unwell")) }],
  ])("goes by what it counts itself where the platform's %s", async (_, LOGINS) => {
    const address = newAddress();
    await exhaust(address, { LOGINS });
    expect(await status(ofToken(TOKENS.operator, address), { LOGINS })).toBe(429);
  });

  it("asks the platform's counter, which counts over isolates", async () => {
    const address = newAddress();
    await exhaust(address);
    expect(await env.LOGINS.limit({ key: address })).toEqual({ success: false });
  });

  it("writes a line for every wrong token, without the token", async () => {
    const logged = vi.spyOn(console, "log").mockReturnValue(undefined);
    const address = newAddress();
    await exhaust(address);
    expect(await status(ofToken("guess-late", address))).toBe(429);
    const lines = logged.mock.calls.map(([line]) => String(line));
    expect(lines.filter((line) => line.includes("wrong token"))).toHaveLength(MOST);
    expect(JSON.parse(lines[1] ?? "")).toEqual({
      message: "wrong token",
      route: "POST /api/session",
      from: address,
      failures: 2,
    });
    expect(lines.join("")).not.toContain("guess");
  });
});
