/** A client of the carrier's REST side that does as told, right or wrong. */
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { RestApi } from "../../../simulator/rest/api.ts";
import type { RestApiOptions } from "../../../simulator/rest/api.ts";
import type { RestRequest } from "../../../simulator/rest/routes.ts";
import type { Reply } from "../../../simulator/rest/reply.ts";
import { FakeControl, REGION } from "./fake-control.ts";

export const NOW = Date.parse("2026-10-21T10:00:00Z");
export const IAT = NOW / 1000;
export const APPLICATION = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

const pem = {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
} as const;
export const KEYS = generateKeyPairSync("rsa", pem);

export const CLAIMS = { application_id: APPLICATION, iat: IAT, jti: "token-1" };

const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

/** An RS256 JWT. */
export function token(
  claims: object = CLAIMS,
  header: object = { alg: "RS256", typ: "JWT" },
  privateKey: string = KEYS.privateKey,
): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

/** A JWT whose MAC is keyed with a text that everyone may know. */
export function macToken(secret: string): string {
  const signed = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(CLAIMS)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

export interface Answer {
  /** Null where the carrier says nothing. */
  readonly status: number | null;
  /** Of JSON its value. */
  readonly body: unknown;
}

/** A REST side, and a client of it whose clock is the test's. */
export function startApi(options: Partial<RestApiOptions> = {}) {
  const time = { now: NOW };
  const control = options.control ?? new FakeControl();
  const api = new RestApi(
    {
      applicationId: APPLICATION,
      publicKey: KEYS.publicKey,
      region: REGION,
      now: () => time.now,
      limits: { take: () => true },
      ...options,
      control,
    },
    "http://carrier.test",
  );
  const ask = async (
    method: string,
    target: string,
    body: unknown = null,
    headers: Partial<Pick<RestRequest, "authorization" | "contentType">> = {},
  ): Promise<Answer> => {
    const reply = await api.handle({
      method,
      target,
      authorization: `Bearer ${token({ ...CLAIMS, iat: Math.floor(time.now / 1000) })}`,
      contentType: "application/json",
      body: body === null ? "" : JSON.stringify(body),
      ...headers,
    });
    return { status: reply?.status ?? null, body: jsonOf(reply) };
  };
  return { api, ask, time };
}

function jsonOf(reply: Reply | null): unknown {
  if (reply?.contentType !== "application/json") return null;
  return JSON.parse(Buffer.from(reply.body as Uint8Array).toString("utf8"));
}
