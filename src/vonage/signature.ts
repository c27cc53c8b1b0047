/**
 * Signed webhooks: a JWT in the Authorization header whose key is the account's signature secret and whose
 * `payload_hash` ties it to one body (Getting started, webhooks: "Validating signed webhooks"). No SDK of the
 * carrier's checks more than the signature; we check the claims too, and only after the signature.
 */
import * as v from "valibot";
import { fail, ok, type Result } from "../lib/result.ts";
import { hex, sameHash, sha256 } from "../lib/crypto.ts";
import { verifiedPayload } from "./jws.ts";

/** Wide enough for the carrier's retries (two tries of up to eleven seconds) and for clocks that are off. */
const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  authorization: string | null;
  method: string;
  /** As `contentHash` makes it. */
  contentHash: string;
}

export interface Trust {
  /** Any one of these may have signed. */
  secrets: readonly string[];
  apiKey: string | null;
  applicationId: string | null;
}

export type SignatureError =
  | "no Authorization header"
  | "not a bearer token"
  | "no valid HS256 signature"
  | "claims are not readable"
  | "wrong issuer"
  | "issued too long ago or in the future"
  | "wrong api_key"
  | "wrong application_id"
  | "no payload_hash"
  | "payload_hash of another body";

/** What may be said about a request that was let through. */
export interface Verified {
  /**
   * False for a GET whose hash the documented rule does not explain. Nobody has seen whether the carrier follows it, so whoever
   * asks decides what such a webhook may do.
   */
  hashExplained: boolean;
  /** All of the token that its signature covers. What else a token has can be written in several ways. */
  token: string;
}

const Claims = v.object({
  iss: v.string(),
  iat: v.number(),
  payload_hash: v.optional(v.string()),
  api_key: v.optional(v.string()),
  application_id: v.optional(v.string()),
});

/** Checks a webhook's signature at the moment `now` (milliseconds). A repeated `jti` is no error: a retry may carry it. */
export async function verifySignature(
  request: SignedRequest,
  trust: Trust,
  now: number,
): Promise<Result<Verified, SignatureError>> {
  if (request.authorization === null) return fail("no Authorization header");
  const token = /^Bearer +(\S+)$/i.exec(request.authorization)?.[1];
  if (token === undefined) return fail("not a bearer token");

  const payload = await verifiedPayload(token, trust.secrets);
  if (payload === null) return fail("no valid HS256 signature");
  const claims = readClaims(payload);
  if (claims === null) return fail("claims are not readable");

  if (claims.iss !== "Vonage") return fail("wrong issuer");
  if (Math.abs(now / 1000 - claims.iat) > TOLERANCE_SECONDS) {
    return fail("issued too long ago or in the future");
  }
  if (trust.apiKey !== null && claims.api_key !== trust.apiKey) return fail("wrong api_key");
  // The claim is documented as optional, so a token without it is not one of another application.
  if (
    trust.applicationId !== null &&
    (claims.application_id ?? trust.applicationId) !== trust.applicationId
  ) {
    return fail("wrong application_id");
  }
  if (claims.payload_hash === undefined) return fail("no payload_hash");
  const hashExplained = sameHash(claims.payload_hash.toLowerCase(), request.contentHash);
  return hashExplained || request.method === "GET"
    ? ok({ hashExplained, token: token.slice(0, token.lastIndexOf(".")) })
    : fail("payload_hash of another body");
}

/**
 * What the signature must cover, as lower-case hexadecimal SHA-256: of a POST the body's bytes as they came. Of a GET what
 * the carrier's support article on `payload_hash` says: the query's parameters in their order, as a JSON object without
 * white space (written by hand, because an object would move keys that look like numbers).
 */
export async function contentHash(
  method: string,
  body: Uint8Array,
  query: URLSearchParams,
): Promise<string> {
  if (method !== "GET") return hex(await sha256(body));
  const members = Array.from(
    query,
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return hex(await sha256(new TextEncoder().encode(`{${members.join(",")}}`)));
}

function readClaims(payload: Uint8Array): v.InferOutput<typeof Claims> | null {
  try {
    const result = v.safeParse(Claims, JSON.parse(new TextDecoder().decode(payload)));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
