/** Tokens that prove nothing, on every route of the carrier's: refused, without a trace in any state. */
import { env } from "cloudflare:workers";
import { createSign, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { apologyNcco } from "../../../src/lines/speech/prompts.ts";
import { ACCOUNT } from "../support/bridge.ts";
import { call } from "../support/call.ts";
import {
  base64url,
  claimsFor,
  exchange,
  expectNothingStored,
  post,
  token,
} from "../support/tokens.ts";

const ROUTES = [
  ["/webhooks/answer", 401],
  ["/webhooks/event", 401],
  ["/webhooks/events", 401],
  ["/webhooks/recording?conference=hostile&code=00", 401],
  ["/webhooks/fallback", 200],
] as const;

const BODY = JSON.stringify(call({ line: "14155550190" }).answer);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PUBLIC_PEM = rsa.publicKey.export({ type: "spki", format: "pem" }).toString();

const seconds = (): number => Math.floor(Date.now() / 1000);
const good = (changes: Readonly<Record<string, unknown>> = {}): unknown => claimsFor(BODY, changes);
const without = (claim: string): unknown =>
  Object.fromEntries(Object.entries(claimsFor(BODY)).filter(([name]) => name !== claim));

function rs256(): string {
  const signed = `${base64url({ alg: "RS256", typ: "JWT" })}.${base64url(good())}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(rsa.privateKey, "base64url")}`;
}

const [HEADER = "", CLAIMS = "", MAC = ""] = token(good()).split(".");

const REFUSED: readonly (readonly [string, () => string])[] = [
  ["the scheme alone", () => "Bearer"],
  ["the scheme and a space", () => "Bearer "],
  ["no scheme", () => token(good())],
  ["another scheme", () => `Basic ${token(good())}`],
  ["garbage", () => "Bearer garbage"],
  ["a huge header", () => `Bearer ${"a".repeat(100_000)}`],
  ["dots alone", () => "Bearer .."],
  ["two segments", () => `Bearer ${HEADER}.${CLAIMS}`],
  ["four segments", () => `Bearer ${HEADER}.${CLAIMS}.${MAC}.${MAC}`],
  ["an encrypted token's five segments", () => `Bearer ${[HEADER, "", "", CLAIMS, MAC].join(".")}`],
  ["an empty signature", () => `Bearer ${HEADER}.${CLAIMS}.`],
  ["broken base64", () => `Bearer ${HEADER}.${CLAIMS}.***`],
  ["a broken header", () => `Bearer ${HEADER.slice(1)}.${CLAIMS}.${MAC}`],
  ["changed claims", () => `Bearer ${HEADER}.${base64url(good({ jti: "other" }))}.${MAC}`],
  ["another secret", () => `Bearer ${token(good(), undefined, { secret: "another" })}`],
  ["an empty secret", () => `Bearer ${token(good(), undefined, { secret: "" })}`],
  ...["none", "None", "NONE", "nOnE"].flatMap((alg): [string, () => string][] => [
    [`alg ${alg}, unsigned`, () => `Bearer ${base64url({ alg })}.${base64url(good())}.`],
    [`alg ${alg}, signed all the same`, () => `Bearer ${token(good(), { alg })}`],
  ]),
  ["RS256 under a key of the sender's", () => `Bearer ${rs256()}`],
  ["RS256 with the secret as its key", () => `Bearer ${token(good(), { alg: "RS256" })}`],
  [
    "HS256 with a public key as its secret",
    () => `Bearer ${token(good(), undefined, { secret: PUBLIC_PEM })}`,
  ],
  ["HS512", () => `Bearer ${token(good(), { alg: "HS512" }, { hash: "sha512" })}`],
  ["HS256 made with SHA-512", () => `Bearer ${token(good(), undefined, { hash: "sha512" })}`],
  ["hs256", () => `Bearer ${token(good(), { alg: "hs256" })}`],
  ["a header without alg", () => `Bearer ${token(good(), { typ: "JWT" })}`],
  ["a header whose alg is a list", () => `Bearer ${token(good(), { alg: ["HS256"] })}`],
  ["a header that is an array", () => `Bearer ${token(good(), ["HS256"])}`],
  ["a header that is null", () => `Bearer ${token(good(), "null")}`],
  ["a critical extension", () => `Bearer ${token(good(), { alg: "HS256", crit: ["x"], x: 1 })}`],
  ["claims that are an array", () => `Bearer ${token([good()])}`],
  ["claims that are null", () => `Bearer ${token("null")}`],
  ["claims that are a text", () => `Bearer ${token('"Vonage"')}`],
  ["claims that are no JSON", () => `Bearer ${token("not JSON")}`],
  ["claims that are nothing", () => `Bearer ${token("")}`],
  ["no iat", () => `Bearer ${token(without("iat"))}`],
  ["iat as text", () => `Bearer ${token(good({ iat: String(seconds()) }))}`],
  ["iat null", () => `Bearer ${token(good({ iat: null }))}`],
  ["iat in milliseconds", () => `Bearer ${token(good({ iat: Date.now() }))}`],
  [
    "iat beyond any number",
    () => `Bearer ${token(JSON.stringify(good()).replace(/"iat":\d+/, '"iat":1e999'))}`,
  ],
  ["iat below zero", () => `Bearer ${token(good({ iat: -seconds() }))}`],
  ["iat an hour ago", () => `Bearer ${token(good({ iat: seconds() - 3_600 }))}`],
  ["iat in an hour", () => `Bearer ${token(good({ iat: seconds() + 3_600 }))}`],
  ["iat a fraction, an hour ago", () => `Bearer ${token(good({ iat: seconds() - 3_600.5 }))}`],
  ["no issuer", () => `Bearer ${token(without("iss"))}`],
  ["another issuer", () => `Bearer ${token(good({ iss: "vonage" }))}`],
  ["a list of issuers", () => `Bearer ${token(good({ iss: ["Vonage"] }))}`],
  ["no payload_hash", () => `Bearer ${token(without("payload_hash"))}`],
  ["an empty payload_hash", () => `Bearer ${token(good({ payload_hash: "" }))}`],
  ["a payload_hash that is a number", () => `Bearer ${token(good({ payload_hash: 5 }))}`],
  ["the hash of another body", () => `Bearer ${token(claimsFor(`${BODY} `))}`],
  ["the hash of no body", () => `Bearer ${token(claimsFor(""))}`],
];

beforeAll(async () => {
  await env.LINES.put("14155550190", "hostile");
});

expectNothingStored();

describe.each(ROUTES)("%s", (path, status) => {
  it.each(REFUSED)("refuses %s", async (_, header) => {
    const response = await exchange(post(path, BODY, header()));
    expect(response.status).toBe(status);
    if (status === 200) expect(JSON.parse(response.body)).toEqual(apologyNcco());
    else expect(response.body).toBe("unauthorized\n");
    expect(response.logs).toHaveLength(1);
  });

  it.each([
    ["no Authorization header", null],
    ["an empty one", ""],
  ])("asks for a request with %s once more, so that it comes signed", async (_, header) => {
    const response = await exchange(post(path, BODY, header));
    expect(response.status).toBe(status === 200 ? 200 : 503);
  });

  it.each([
    ["api_key", { VONAGE_API_KEY: "ffffffff" }],
    ["application_id", { VONAGE_APPLICATION_ID: "ffffffff-0000-4000-8000-0123456789ab" }],
    ["signature secret", { VONAGE_SIGNATURE_SECRET: "one-that-is-new and-one-that-is-old" }],
  ])("refuses another %s than the configured one", async (_, settings) => {
    const response = await exchange(post(path, BODY, `Bearer ${token(good())}`), settings);
    expect(response.status).toBe(status);
  });

  it("refuses a token without api_key where one is configured", async () => {
    const header = `Bearer ${token(without("api_key"))}`;
    const response = await exchange(post(path, BODY, header), { VONAGE_API_KEY: ACCOUNT.apiKey });
    expect(response.status).toBe(status);
  });
});
