/** Reads private keys as operators paste them. Pure. */

/** Restores the line ends of a key that was pasted as one line, with the two characters `\n` for each. */
export function normalisePem(text: string): string {
  return text.replaceAll("\\r", "").replaceAll("\\n", "\n").trim();
}

/** Whether a text has the frame of a PKCS#8 key. Only importing it tells whether it holds an RSA key. */
export function isPrivateKey(pem: string): boolean {
  return /^-----BEGIN PRIVATE KEY-----\s[A-Za-z0-9+/=\s]+-----END PRIVATE KEY-----$/.test(pem);
}

/** What is wrong with a key, for the operator; null if nothing is. Quotes nothing of the key. */
export function pemProblem(pem: string): string | null {
  if (isPrivateKey(pem)) return null;
  return pem.includes("BEGIN RSA PRIVATE KEY")
    ? "is a PKCS#1 key; convert it with: openssl pkcs8 -topk8 -nocrypt -in private.key"
    : "is not a private key in PEM";
}

/**
 * The bytes (DER) of a key in PEM.
 *
 * @throws if the text is not PEM.
 */
export function derOf(pem: string): Uint8Array {
  return Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, "")), (byte) =>
    byte.charCodeAt(0),
  );
}
