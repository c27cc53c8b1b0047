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
 * What the hash of a GET covers. `article`: what support article 19033783342876 says; the others are readings that it
 * leaves open: without the parameters of the URL's owner, with values as they are encoded, the query as it is, no hash.
 */
export type GetHash = "article" | "own-left-out" | "values-encoded" | "raw-query" | "absent";

/**
 * The Authorization header's value for a webhook.
 *
 * @param payload What the hash covers: of a POST the body as sent, of a GET the text that `hashedQuery` makes. Null for
 *   a token without a hash.
 */
export function authorization(account: Account, payload: string | null, stamp: Stamp): string {
  const header = { alg: "HS256", typ: "JWT" };
  const claims = {
    iat: Math.floor(stamp.issuedAt / 1000),
    jti: stamp.tokenId,
    iss: "Vonage",
    ...(payload === null
      ? {}
      : { payload_hash: createHash("sha256").update(payload).digest("hex") }),
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
export function queryPayload(parameters: Iterable<readonly [string, string]>): string {
  return JSON.stringify(Object.fromEntries(parameters));
}

/** What the hash of a GET covers by each of the rules; null for none. `own`: the parameters that the URL had already. */
export function hashedQuery(url: URL, own: ReadonlySet<string>, rule: GetHash): string | null {
  switch (rule) {
    case "article":
      return queryPayload(url.searchParams);
    case "own-left-out":
      return queryPayload([...url.searchParams].filter(([name]) => !own.has(name)));
    case "values-encoded":
      return queryPayload(
        Array.from(url.searchParams, ([name, value]) => [name, encodeURIComponent(value)] as const),
      );
    case "raw-query":
      return url.search.slice(1);
    case "absent":
      return null;
  }
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
