/**
 * Verifies signed webhooks: the Authorization header has a JWT, which is signed with the account's signature secret and whose
 * `payload_hash` binds it to one body (Getting started, webhooks: "Validating signed webhooks"). The carrier's SDKs check only
 * the signature; the claims are checked here too, after the signature.
 */
import * as v from "valibot";
import { fail, ok, type Result } from "../lib/result.ts";
import { hex, sameHash, sha256 } from "../lib/crypto.ts";
import { verifiedPayload } from "./jws.ts";

/** Wide enough for the carrier's retries (two tries of up to eleven seconds each) and for clocks that differ. */
const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  authorization: string | null;
  method: string;
  /** From `contentHash`. */
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

/** What is known of a request that was accepted. */
export interface Verified {
  /**
   * False for a GET whose `payload_hash` does not match by the documented rule. It is not known whether the carrier follows that
   * rule, so the caller decides what such a webhook may do.
   */
  hashExplained: boolean;
  /** The part of the token that the signature covers. The signature itself can be written in several ways. */
  token: string;
}

const Claims = v.object({
  iss: v.string(),
  iat: v.number(),
  payload_hash: v.optional(v.string()),
  api_key: v.optional(v.string()),
  application_id: v.optional(v.string()),
});

/** Checks a webhook's signature. `now` in milliseconds since the epoch. A repeated `jti` is no error: a retry may have it. */
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
  // The claim is documented as optional, so a token without it passes.
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
 * The SHA-256, in lower-case hexadecimal, that `payload_hash` must be. For a POST it is that of the body's bytes. For a GET, by
 * the carrier's support article on `payload_hash`, it is that of the query as a JSON object without white space, in the order of
 * its parameters. That JSON is put together by hand, because an object would reorder keys that look like numbers.
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
