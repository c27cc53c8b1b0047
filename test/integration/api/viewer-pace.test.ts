/** How much viewers may read together, with time in the test's hands. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { send } from "../support/bridge.ts";
import { request } from "../support/api/operator.ts";
import { TOKENS } from "../support/api/session.ts";

/** What twenty people ask for who open a page in the same moment. */
const TWENTY_PAGES = 20 * 15;
let now = Date.now();

beforeEach(() => {
  // Whatever another test has used up is there again.
  now += 600_000;
  vi.useFakeTimers({ toFake: ["Date"], now });
});

afterEach(() => {
  vi.useRealTimers();
});

async function read(token: string, path = "/session"): Promise<Response> {
  return await send(request("GET", path, undefined, { authorization: `Bearer ${token}` }));
}

async function readMany(count: number): Promise<Response[]> {
  return await Promise.all(Array.from({ length: count }, () => read(TOKENS.viewer)));
}

it("answers all that twenty pages ask for at once, and holds back and refuses what is more", async () => {
  expect(new Set((await readMany(TWENTY_PAGES)).map(({ status }) => status))).toEqual(
    new Set([200]),
  );
  const refused = await readMany(5);
  for (const response of refused) {
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  }
  expect((await read(TOKENS.operator)).status).toBe(200);
  vi.setSystemTime(now + 1_000);
  const later = (await readMany(21)).map(({ status }) => status);
  expect(later.filter((status) => status === 200)).toHaveLength(20);
});

/** Opens one of the sockets of four conferences: each lets viewers in at a pace of its own. */
async function connect(token: string, n = 0): Promise<number> {
  const headers = { upgrade: "websocket", authorization: `Bearer ${token}` };
  const { status, webSocket } = await send(
    request("GET", `/conferences/paced-${n % 4}/live`, undefined, headers),
  );
  webSocket?.accept();
  webSocket?.close();
  return status;
}

it("counts sockets too, and those apart", async () => {
  const all = await Promise.all(Array.from({ length: 101 }, (_, n) => connect(TOKENS.viewer, n)));
  expect(all.filter((status) => status === 101)).toHaveLength(100);
  expect(all.filter((status) => status === 429)).toHaveLength(1);
  expect((await read(TOKENS.viewer)).status).toBe(200);
  expect(await connect(env.API_TOKEN ?? "")).toBe(101);
});
