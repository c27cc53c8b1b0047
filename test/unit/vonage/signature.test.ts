import { describe, expect, it } from "vitest";
import { contentHash, verifySignature, type Trust } from "../../../src/vonage/signature.ts";
import { authorization, queryPayload } from "../../simulator/webhooks/signing.ts";

/** Makes a token by the documented rules, independently of the code under test. */
const VECTOR = {
  secret: "constructed-test-secret-0123456789abcdef",
  issuedAt: 1_587_494_962_000,
  apiKey: "a1b2c3d",
  applicationId: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
  tokenId: "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5",
  body: '{"headers":{},"from":"14845552121","to":"16105553939","uuid":"0a0000000123abcd10a0000000123abcd","conversation_uuid":"CON-2541d01c-253e-48be-a8e0-da4bbe4c3722","status":"ringing","direction":"inbound","timestamp":"2020-07-01T20:45:34.796Z"}',
  token:
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1ODc0OTQ5NjIsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6ImE1NDQxZDIzY2I0MWEzYTQ4OWJiNzQzZWVhYTE0MzRkOTA3NzUwYWE0ZDVkNmYyM2E5ZjkwMGFkNWQxYjAwMjMiLCJhcGlfa2V5IjoiYTFiMmMzZCIsImFwcGxpY2F0aW9uX2lkIjoiYWFhYWFhYWEtYmJiYi1jY2NjLWRkZGQtMDEyMzQ1Njc4OWFiIn0.PB8hdKxYrlHTA6gr0BaTwN4QgaqmCxzUHR2zB4zJzWg",
};
const QUERY =
  "to=16105553939&from=14845552121&conversation_uuid=CON-2541d01c-253e-48be-a8e0-da4bbe4c3722&uuid=0A0000000123ABCD1";
const QUERY_HASH = "c0a85c08520190f91185c57b612b8940b72986569d8d088ad2833bae8a8b3003";

const TRUST: Trust = {
  secrets: [VECTOR.secret],
  apiKey: VECTOR.apiKey,
  applicationId: VECTOR.applicationId,
};
const ACCOUNT = {
  signatureSecret: VECTOR.secret,
  apiKey: VECTOR.apiKey,
  applicationId: VECTOR.applicationId,
};
const STAMP = { issuedAt: VECTOR.issuedAt, tokenId: VECTOR.tokenId };

async function post(options: {
  trust?: Trust;
  now?: number;
  authorization?: string | null;
  body?: string;
}) {
  const header = options.authorization;
  const body = new TextEncoder().encode(options.body ?? VECTOR.body);
  return verifySignature(
    {
      authorization: header === undefined ? `Bearer ${VECTOR.token}` : header,
      method: "POST",
      contentHash: await contentHash("POST", body, new URLSearchParams()),
    },
    options.trust ?? TRUST,
    options.now ?? VECTOR.issuedAt,
  );
}

describe("verifySignature of a POST", () => {
  it("accepts the test vector", async () => {
    const token = VECTOR.token.split(".").slice(0, 2).join(".");
    expect(await post({})).toEqual({ ok: true, value: { hashExplained: true, token } });
  });

  it("accepts it a second time: a retry may carry the same token", async () => {
    expect(await post({ now: VECTOR.issuedAt + 1_000 })).toMatchObject({ ok: true });
  });

  it.each([-300_000, -299_999, 0, 299_999, 300_000])(
    "accepts it %i ms from its making",
    async (ms) => {
      expect(await post({ now: VECTOR.issuedAt + ms })).toMatchObject({ ok: true });
    },
  );

  it.each([-300_001, 300_001, 86_400_000, -VECTOR.issuedAt])(
    "refuses it %i ms from its making",
    async (ms) => {
      expect(await post({ now: VECTOR.issuedAt + ms })).toEqual({
        ok: false,
        error: "issued too long ago or in the future",
      });
    },
  );

  it.each([
    ["of one byte more", `${VECTOR.body} `],
    ["of other content", VECTOR.body.replace("ringing", "completed")],
    ["that is empty", ""],
  ])("refuses a body %s", async (_, body) => {
    expect(await post({ body })).toEqual({ ok: false, error: "payload_hash of another body" });
  });

  it.each([
    ["no header", null, "no Authorization header"],
    ["an empty header", "", "not a bearer token"],
    ["another scheme", `Basic ${VECTOR.token}`, "not a bearer token"],
    ["the token alone", VECTOR.token, "not a bearer token"],
    ["two tokens", `Bearer ${VECTOR.token} ${VECTOR.token}`, "not a bearer token"],
    ["a changed signature", `Bearer ${VECTOR.token.slice(0, -2)}AA`, "no valid HS256 signature"],
  ])("refuses %s", async (_, header, error) => {
    expect(await post({ authorization: header })).toEqual({ ok: false, error });
  });

  it("refuses a token without a hash", async () => {
    expect(await post({ authorization: authorization(ACCOUNT, null, STAMP) })).toEqual({
      ok: false,
      error: "no payload_hash",
    });
  });

  it("names a token by what cannot be written in another way", async () => {
    // Two bits of the last character are unused, so the same signature has four spellings.
    const spellings = ["g", "h", "i", "j"].map((last) => VECTOR.token.slice(0, -1) + last);
    expect(spellings).toContain(VECTOR.token);
    const results = await Promise.all(
      spellings.map((token) => post({ authorization: `Bearer ${token}` })),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  });

  it("does not mind how the scheme is written", async () => {
    expect(await post({ authorization: `bearer  ${VECTOR.token}` })).toMatchObject({ ok: true });
  });
});

describe("verifySignature, by what is trusted", () => {
  it.each([
    ["the newest of several secrets", [VECTOR.secret, "another"]],
    ["the oldest of several secrets", ["another", "a third", VECTOR.secret]],
  ])("accepts what %s signed", async (_, secrets) => {
    expect(await post({ trust: { ...TRUST, secrets } })).toMatchObject({ ok: true });
  });

  it.each([[[]], [["another"]], [[`${VECTOR.secret} `]], [["another", "a third"]]])(
    "refuses what none of %j signed",
    async (secrets) => {
      expect(await post({ trust: { ...TRUST, secrets } })).toEqual({
        ok: false,
        error: "no valid HS256 signature",
      });
    },
  );

  it.each([
    [{ apiKey: "other" }, "wrong api_key"],
    [{ applicationId: "other" }, "wrong application_id"],
  ])("refuses another account or application than %j", async (trust, error) => {
    expect(await post({ trust: { ...TRUST, ...trust } })).toEqual({ ok: false, error });
  });

  it("asks for no account and no application where none is configured", async () => {
    const trust = { secrets: [VECTOR.secret], apiKey: null, applicationId: null };
    expect(await post({ trust })).toMatchObject({ ok: true });
  });
});

async function get(header: string, query = QUERY) {
  return verifySignature(
    {
      authorization: header,
      method: "GET",
      contentHash: await contentHash("GET", new Uint8Array(), new URLSearchParams(query)),
    },
    TRUST,
    VECTOR.issuedAt,
  );
}

describe("verifySignature of a GET", () => {
  it("explains the hash of the parameters in their order, as JSON", async () => {
    const header = authorization(ACCOUNT, queryPayload(new URLSearchParams(QUERY)), STAMP);
    const claims = Buffer.from(header.split(".")[1] ?? "", "base64url").toString();
    expect(claims).toContain(QUERY_HASH);
    expect(await get(header)).toMatchObject({ ok: true, value: { hashExplained: true } });
  });

  it("keeps parameters whose names look like numbers in their order", async () => {
    const header = authorization(ACCOUNT, '{"b":"1","2":"x","1":"ä y"}', STAMP);
    expect(await get(header, "b=1&2=x&1=%C3%A4+y")).toMatchObject({
      ok: true,
      value: { hashExplained: true },
    });
  });

  it("says of a hash that the documented rule does not explain it", async () => {
    expect(await get(`Bearer ${VECTOR.token}`)).toMatchObject({
      ok: true,
      value: { hashExplained: false },
    });
  });

  it("refuses a token without a hash", async () => {
    expect(await get(authorization(ACCOUNT, null, STAMP))).toEqual({
      ok: false,
      error: "no payload_hash",
    });
  });

  it("refuses a signature of another secret all the same", async () => {
    const header = authorization({ ...ACCOUNT, signatureSecret: "other" }, "{}", STAMP);
    expect(await get(header)).toEqual({ ok: false, error: "no valid HS256 signature" });
  });
});
