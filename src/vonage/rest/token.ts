/**
 * The token of a REST request: a JWT that the application signs with its private key (Vonage, "Authentication" guide). Web
 * Crypto signs it: a JWT library would be larger than all our requests and replies together.
 */
import { derOf } from "../../lib/pem.ts";

/** What the application authenticates with. */
export interface Credentials {
  applicationId: string;
  /** PEM, PKCS#8. */
  privateKey: string;
}

/** Long enough for clocks that differ, short enough to be worth little to whoever finds a token. */
const LIFETIME_SECONDS = 300;

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const encoder = new TextEncoder();
const HEADER = base64url(encoder.encode('{"alg":"RS256","typ":"JWT"}'));

/** Kept for the life of the isolate: importing the key costs more than signing with it. */
let imported: { pem: string; key: Promise<CryptoKey> } | null = null;

/**
 * A token for one request. `now` in milliseconds since the epoch; `tokenId` must be unique.
 *
 * @throws if the private key is not one. The error tells nothing about the key.
 */
export async function restToken(
  { applicationId, privateKey }: Credentials,
  now: number,
  tokenId: string,
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    application_id: applicationId,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    jti: tokenId,
  };
  const signed = `${HEADER}.${base64url(encoder.encode(JSON.stringify(claims)))}`;
  const key = await signingKey(privateKey);
  const signature = await crypto.subtle.sign(ALGORITHM.name, key, encoder.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function signingKey(pem: string): Promise<CryptoKey> {
  if (imported?.pem !== pem) imported = { pem, key: importKey(pem) };
  return await imported.key;
}

async function importKey(pem: string): Promise<CryptoKey> {
  return await crypto.subtle.importKey("pkcs8", derOf(pem), ALGORITHM, false, ["sign"]);
}
