/** The application's key pair. The carrier's REST side verifies tokens by its public key. */
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const BITS = 2048;

/**
 * The public key, PEM, of a file that holds it or the private one.
 *
 * @throws Error that says what is wrong, for whoever named the file.
 */
export function readPublicKey(file: string): string {
  const pem = readFileSync(file, "utf8");
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === "rsa") return String(key.export({ type: "spki", format: "pem" }));
  } catch {
    // Said below, in fewer words than by the parser.
  }
  throw new Error(`${file} has no RSA key, PEM`);
}

/** Makes a key pair and writes the private key, PEM, into a folder, for the application that is to use it. */
export function writeKeyPair(folder: string): { publicKey: string; privateKeyFile: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const privateKeyFile = path.join(folder, "private.key");
  writeFileSync(privateKeyFile, privateKey, { mode: 0o600 });
  return { publicKey, privateKeyFile };
}
