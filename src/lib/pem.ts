/** Private keys as operators paste them. */

/** A key that was pasted into one line has the two characters `\n` where its lines ended. */
export function normalisePem(text: string): string {
  return text.replaceAll("\\r", "").replaceAll("\\n", "\n").trim();
}

/** Whether it has the outside of a PKCS#8 key. Whether there is an RSA key inside is known once it is imported. */
export function isPrivateKey(pem: string): boolean {
  return /^-----BEGIN PRIVATE KEY-----\s[A-Za-z0-9+/=\s]+-----END PRIVATE KEY-----$/.test(pem);
}

/** What is wrong with a key, for the operator. It says nothing of what stands in it. */
export function pemProblem(pem: string): string | null {
  if (isPrivateKey(pem)) return null;
  return pem.includes("BEGIN RSA PRIVATE KEY")
    ? "is a PKCS#1 key; convert it with: openssl pkcs8 -topk8 -nocrypt -in private.key"
    : "is not a private key in PEM";
}

/**
 * The bytes of a key.
 *
 * @throws where it is not one in PEM.
 */
export function derOf(pem: string): Uint8Array {
  return Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, "")), (byte) =>
    byte.charCodeAt(0),
  );
}
