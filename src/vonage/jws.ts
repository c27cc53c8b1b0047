/**
 * Verifies a JWS in compact form (RFC 7515, section 7.1) that is signed with HMAC-SHA-256; no other algorithm is accepted. Web
 * Crypto does the cryptography. A library would be a twentieth of the whole Worker, mostly for options that are refused here.
 */
import { hmacKey } from "../lib/crypto.ts";
import { isObject } from "./payload.ts";

const encoder = new TextEncoder();

/** Three non-empty parts in base64url (RFC 4648, section 5) without padding. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** The last header that was accepted. The carrier always sends the same one, so it is parsed once. */
let accepted = "";

/** The payload of a token that one of the `secrets` signed; null for any other token. */
export async function verifiedPayload(
  token: string,
  secrets: readonly string[],
): Promise<Uint8Array | null> {
  const [, header = "", payload = "", mac = ""] = COMPACT.exec(token) ?? [];
  if (header === "" || !isHs256(header)) return null;
  const [said, signature] = [decoded(payload), decoded(mac)];
  if (said === null || signature === null) return null;
  const signed = encoder.encode(`${header}.${payload}`);
  for (const secret of secrets) {
    // Compares in constant time, and refuses a signature of another length.
    if (await crypto.subtle.verify("HMAC", await hmacKey(secret), signature, signed)) return said;
  }
  return null;
}

/** Critical extensions (`crit`, section 4.1.11), such as an unencoded payload (`b64`), are not supported and so refused. */
function isHs256(header: string): boolean {
  if (header === accepted) return true;
  const said = parseHeader(header);
  if (!isObject(said) || "crit" in said || "b64" in said) return false;
  if (said["alg"] !== "HS256") return false;
  accepted = header;
  return true;
}

function parseHeader(header: string): unknown {
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
    return JSON.parse(utf8.decode(decoded(header) ?? new Uint8Array()));
  } catch {
    return null;
  }
}

/** Null if no base64url text has this length. */
function decoded(base64url: string): Uint8Array<ArrayBuffer> | null {
  if (base64url.length % 4 === 1) return null;
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
