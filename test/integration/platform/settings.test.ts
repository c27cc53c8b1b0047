import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { apiRequest, ask } from "../support/api/ask.ts";
import { ACCOUNT, ORIGIN, signedPost } from "../support/bridge.ts";
import { call } from "../support/call.ts";

/** The values of `.dev.vars.example`, which are public. */
const PUBLISHED_SECRET = "partyline-development-secret-do-not-deploy";
const PUBLISHED_TOKEN = "development";
const LOCAL = "http://localhost:8787";
const LINE = "14155550180";

beforeAll(async () => {
  await env.LINES.put(LINE, JSON.stringify({ conference: "settings", record: true }));
});

/** An answer webhook and an event, from different callers; signed unless `secret` is null. */
function webhooks(secret: string | null, origin = ORIGIN): Request[] {
  const one = call({ line: LINE });
  const account = { ...ACCOUNT, signatureSecret: secret ?? "" };
  return [
    signedPost("/webhooks/answer", one.answer, account),
    signedPost("/webhooks/event", one.ringing, account),
  ].map((request) => {
    const moved = new Request(request.url.replace(ORIGIN, origin), request);
    if (secret === null) moved.headers.delete("authorization");
    return moved;
  });
}

const health = (settings: Readonly<Record<string, unknown>>) =>
  ask(new Request(`${ORIGIN}/health`), settings);

describe("without a signature secret", () => {
  it.each([undefined, "", "  "])("webhooks are refused and told why: %j", async (secret) => {
    const settings = { VONAGE_SIGNATURE_SECRET: secret };
    for (const request of [...webhooks("anything"), ...webhooks(null)]) {
      const { status, text } = await ask(request, settings);
      expect(status).toBe(503);
      expect(text).toContain("VONAGE_SIGNATURE_SECRET is not set");
    }
  });

  it("webhooks are taken where ALLOW_UNSIGNED_WEBHOOKS says so, signed or not", async () => {
    const settings = { VONAGE_SIGNATURE_SECRET: "", ALLOW_UNSIGNED_WEBHOOKS: "true" };
    for (const request of [...webhooks("anything"), ...webhooks(null)]) {
      expect([200, 204]).toContain((await ask(request, settings)).status);
    }
  });

  it.each(["", "false", "TRUE", "1", "yes"])(
    "ALLOW_UNSIGNED_WEBHOOKS=%j allows nothing",
    async (value) => {
      const settings = { VONAGE_SIGNATURE_SECRET: "", ALLOW_UNSIGNED_WEBHOOKS: value };
      for (const request of webhooks(null)) expect((await ask(request, settings)).status).toBe(503);
    },
  );
});

describe("with a signature secret and ALLOW_UNSIGNED_WEBHOOKS", () => {
  const settings = { ALLOW_UNSIGNED_WEBHOOKS: "true" };

  it("unsigned webhooks are taken", async () => {
    const statuses = webhooks(null).map(async (request) => (await ask(request, settings)).status);
    expect(await Promise.all(statuses)).toEqual([200, 204]);
  });

  it("badly signed ones are still refused", async () => {
    for (const request of webhooks("another")) {
      expect((await ask(request, settings)).status).toBe(401);
    }
  });
});

describe("the published secret and token", () => {
  const settings = { VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET, API_TOKEN: PUBLISHED_TOKEN };

  it("open nothing on a public host, which says why", async () => {
    for (const request of webhooks(PUBLISHED_SECRET)) {
      const { status, text } = await ask(request, settings);
      expect(status).toBe(503);
      expect(text).toContain("VONAGE_SIGNATURE_SECRET is the published one");
    }
    const { status, text, type } = await ask(apiRequest(PUBLISHED_TOKEN), settings);
    expect([status, type]).toEqual([503, "application/problem+json"]);
    expect(text).toContain("API_TOKEN");
  });

  it("are refused on a public host also beside a real secret", async () => {
    const both = { VONAGE_SIGNATURE_SECRET: `${PUBLISHED_SECRET} a-real-one` };
    for (const request of webhooks(PUBLISHED_SECRET)) {
      expect((await ask(request, both)).status).toBe(401);
    }
    for (const request of webhooks("a-real-one")) {
      expect([200, 204]).toContain((await ask(request, both)).status);
    }
  });

  it.each([LOCAL, "http://127.0.0.1:8787", "http://[::1]:8787"])("work on %s", async (origin) => {
    for (const request of webhooks(PUBLISHED_SECRET, origin)) {
      expect([200, 204]).toContain((await ask(request, settings)).status);
    }
    expect((await ask(apiRequest(PUBLISHED_TOKEN, undefined, origin), settings)).status).toBe(200);
    expect((await ask(new Request(`${origin}/health`), settings)).status).toBe(200);
  });

  it("are no way around the check on localhost: another secret and token are refused", async () => {
    for (const request of webhooks("another", LOCAL)) {
      expect((await ask(request, settings)).status).toBe(401);
    }
    expect((await ask(apiRequest("other", undefined, LOCAL), settings)).status).toBe(401);
  });
});

describe("PUBLIC_URL", () => {
  it.each([
    [undefined, ORIGIN],
    ["https://there.example.com/", "https://there.example.com"],
    ["not an address", ORIGIN],
    ["there.example.com:8443", ORIGIN],
  ])("%j makes addresses below %s", async (value, base) => {
    const [request] = webhooks(ACCOUNT.signatureSecret);
    const { status, text } = await ask(request ?? new Request(ORIGIN), { PUBLIC_URL: value });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject([
      { action: "talk" },
      { eventUrl: [expect.stringContaining(`${base}/webhooks/recording?`)], eventMethod: "POST" },
    ]);
  });
});

describe("GET /health", () => {
  it("is well where everything is set", async () => {
    expect(await health({})).toEqual({
      status: 200,
      type: "application/json",
      text: '{"ok":true}',
    });
  });

  it.each([
    [{ VONAGE_SIGNATURE_SECRET: undefined }, ["VONAGE_SIGNATURE_SECRET"]],
    [{ VONAGE_SIGNATURE_SECRET: PUBLISHED_SECRET }, ["VONAGE_SIGNATURE_SECRET"]],
    [{ API_TOKEN: "" }, ["API_TOKEN"]],
    [{ API_TOKEN: PUBLISHED_TOKEN }, ["API_TOKEN"]],
    [{ PUBLIC_URL: "there.example.com:8443" }, ["PUBLIC_URL"]],
    [{ MAX_CALL_HOURS: "six", RETENTION_DAYS: "-1" }, ["MAX_CALL_HOURS", "RETENTION_DAYS"]],
  ])("names what is missing with %j, and never a value", async (settings, missing) => {
    const { status, text } = await health(settings);
    expect([status, JSON.parse(text)]).toEqual([503, { ok: false, missing }]);
    expect(text).not.toMatch(new RegExp([PUBLISHED_SECRET, PUBLISHED_TOKEN, "six"].join("|")));
  });

  it("survives settings that TOML or the dashboard made a number or a boolean", async () => {
    const settings = { MAX_CALL_HOURS: 12, RETENTION_DAYS: 7, ALLOW_UNSIGNED_WEBHOOKS: true };
    expect((await health(settings)).status).toBe(200);
    for (const request of webhooks(ACCOUNT.signatureSecret)) {
      expect([200, 204]).toContain((await ask(request, settings)).status);
    }
  });
});
