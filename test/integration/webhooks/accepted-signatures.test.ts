/** The other side of `hostile.test.ts`: what is odd about a signature and yet no reason to refuse a webhook. */
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ACCOUNT, api, journal, signedGet, view } from "../support/bridge.ts";
import { answer, call, type Call } from "../support/call.ts";
import { claimsFor, exchange, post, token } from "../support/tokens.ts";

const LINE = "14155550192";
const CONFERENCE = "signatures";

/** A whole second, so that `iat` can lie at the very bounds. */
const NOW = Math.floor(Date.now() / 1000) * 1000;
let one: Call;

beforeAll(async () => {
  await env.LINES.put(LINE, CONFERENCE);
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  one = call({ line: LINE, at: NOW });
  await answer(one);
});

afterEach(() => {
  vi.useRealTimers();
});

/** How often the caller's `ringing` is in the journal. */
async function written(): Promise<number> {
  const entries = await journal(CONFERENCE);
  return entries.filter(({ leg, status }) => leg === one.identity.id && status === "ringing")
    .length;
}

function ringing(claims: Readonly<Record<string, unknown>>): Request {
  const body = JSON.stringify(one.ringing);
  return post("/webhooks/event", body, `Bearer ${token(claimsFor(body, claims))}`);
}

describe("a signed webhook is accepted", () => {
  it.each([-300, -299.5, -1, 0, 0.25, 1, 299, 300])("made %d seconds from now", async (seconds) => {
    expect((await exchange(ringing({ iat: NOW / 1000 + seconds }))).status).toBe(204);
    expect(await written()).toBe(1);
  });

  it.each([-301, -300.5, 300.5, 301])("but not one made %d seconds from now", async (seconds) => {
    expect((await exchange(ringing({ iat: NOW / 1000 + seconds }))).status).toBe(401);
    expect(await written()).toBe(0);
  });

  it("with claims that nobody knows, and without those that nobody asks for", async () => {
    const claims = { jti: undefined, api_key: undefined, application_id: undefined, more: [1] };
    expect((await exchange(ringing(claims))).status).toBe(204);
    expect(await written()).toBe(1);
  });

  it("whose hash is in upper case", async () => {
    const { payload_hash } = claimsFor(JSON.stringify(one.ringing));
    const upper = ringing({ payload_hash: payload_hash.toUpperCase() });
    expect((await exchange(upper)).status).toBe(204);
    expect(await written()).toBe(1);
  });

  it("twice with one jti, since a retry may carry it, and written down once", async () => {
    const request = ringing({});
    expect((await exchange(request.clone())).status).toBe(204);
    expect((await exchange(request)).status).toBe(204);
    expect(await written()).toBe(1);
    expect((await api(`/legs/${one.identity.id}`)).body).toMatchObject({ duplicates: 1 });
  });

  it("with the configured api_key and application_id", async () => {
    const settings = {
      VONAGE_API_KEY: ACCOUNT.apiKey,
      VONAGE_APPLICATION_ID: ` ${ACCOUNT.applicationId}\n`,
    };
    expect((await exchange(ringing({}), settings)).status).toBe(204);
    expect(await written()).toBe(1);
  });

  it("without application_id, which is documented as optional", async () => {
    const settings = { VONAGE_APPLICATION_ID: ACCOUNT.applicationId };
    expect((await exchange(ringing({ application_id: undefined }), settings)).status).toBe(204);
    expect(await written()).toBe(1);
  });

  it.each([
    ["newest", `${ACCOUNT.signatureSecret} a-secret-that-is-older`],
    ["oldest", `a-secret-that-is-newer   ${ACCOUNT.signatureSecret}`],
  ])("under the %s of several secrets, while one is rotated", async (_, secrets) => {
    const settings = { VONAGE_SIGNATURE_SECRET: secrets };
    expect((await exchange(ringing({}), settings)).status).toBe(204);
    expect(await written()).toBe(1);
  });
});

describe("a signed GET is accepted", () => {
  it("with the documented hash, without a word about it", async () => {
    const { status, logs } = await exchange(signedGet("/webhooks/event", one.ringing));
    expect(status).toBe(204);
    expect(logs.join("\n")).not.toContain("payload_hash");
    expect(await written()).toBe(1);
  });

  it("with an own parameter in its URL, and counts the caller as before", async () => {
    const before = await view(CONFERENCE);
    const { url, headers } = signedGet("/webhooks/event", { ...one.ringing, mine: "1" });
    expect((await exchange(new Request(url, { headers }))).status).toBe(204);
    expect((await view(CONFERENCE)).count).toBe(before.count);
  });
});
