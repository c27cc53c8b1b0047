/**
 * The token of a request: a JWT that the application signs with its private key (Vonage, "Authentication" guide). Made
 * with the platform's own cryptography: a library for it weighs more than all requests and replies together.
 */
import { derOf } from "../../lib/pem.ts";
import type { Credentials } from "../../config/settings.ts";

/** Long enough for clocks that are off, short enough to be worth little to whoever finds one. */
const LIFETIME_SECONDS = 300;

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const encoder = new TextEncoder();
const HEADER = base64url(encoder.encode('{"alg":"RS256","typ":"JWT"}'));

/** One key an isolate: importing it costs more than signing with it. */
let imported: { pem: string; key: Promise<CryptoKey> } | null = null;

/**
 * A token for one request. `now` in milliseconds since the epoch; `tokenId`: never used before.
 *
 * @throws where the private key is not one. What is thrown says nothing of the key.
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
