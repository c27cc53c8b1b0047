/**
 * Signed webhooks (Vonage, "Webhooks" guide, signed webhooks): a JWT with HMAC-SHA256 in the Authorization header,
 * keyed with the account's signature secret, whose `payload_hash` binds it to what was sent.
 */
import { createHash, createHmac } from "node:crypto";

export interface Account {
  /** The account's signature secret, which is neither the API secret nor an application's key. */
  readonly signatureSecret: string;
  readonly apiKey: string;
  readonly applicationId: string;
}

export interface Stamp {
  /** When the token is made, in milliseconds since the epoch. */
  readonly issuedAt: number;
  /** The token's id, a UUID. */
  readonly tokenId: string;
}

/**
 * The Authorization header's value for a webhook.
 *
 * @param payload What the hash covers: of a POST the body as sent, of a GET the text that `queryPayload` makes.
 */
export function authorization(account: Account, payload: string, stamp: Stamp): string {
  const header = { alg: "HS256", typ: "JWT" };
  const claims = {
    iat: Math.floor(stamp.issuedAt / 1000),
    jti: stamp.tokenId,
    iss: "Vonage",
    payload_hash: createHash("sha256").update(payload).digest("hex"),
    api_key: account.apiKey,
    application_id: account.applicationId,
  };
  const signed = `${base64url(header)}.${base64url(claims)}`;
  const mac = createHmac("sha256", account.signatureSecret).update(signed).digest("base64url");
  return `Bearer ${signed}.${mac}`;
}

/**
 * What the hash of a GET covers: the parameters in their order as one JSON object without white space (Vonage support,
 * article 19033783342876).
 */
export function queryPayload(parameters: URLSearchParams): string {
  return JSON.stringify(Object.fromEntries(parameters));
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
