/** Comparisons of secrets, hashes and message authentication codes. Pure. */

const encoder = new TextEncoder();

/** Whether two secrets are equal, in a time that depends neither on where they differ nor on their length. */
export async function sameSecret(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([sha256(encoder.encode(left)), sha256(encoder.encode(right))]);
  return sameHash(hex(a), hex(b));
}

/** The same for texts whose length is no secret, such as hashes. */
export function sameHash(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let i = 0; i < left.length; i++) difference |= left.charCodeAt(i) ^ right.charCodeAt(i);
  return difference === 0;
}

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const keys = new Map<string, Promise<CryptoKey>>();

/** A secret as an HMAC key, imported once per isolate. Secrets are settings, so the map stays small. */
export function hmacKey(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (key === undefined) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    key = crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, [
      "sign",
      "verify",
    ]);
    keys.set(secret, key);
  }
  return key;
}

/** A message authentication code of `text`: HMAC-SHA-256 in hexadecimal. */
export async function authenticate(secret: string, text: string): Promise<string> {
  return hex(
    new Uint8Array(await crypto.subtle.sign("HMAC", await hmacKey(secret), encoder.encode(text))),
  );
}
