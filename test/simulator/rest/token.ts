/**
 * The token of a REST request: a JWT that the application signed with its private key (Vonage, "Authentication" guide).
 * RS256 and nothing else: a verifier that lets the token choose would take the public key for a shared secret.
 */
import { verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import * as v from "valibot";

/** Whom the carrier knows. */
export interface KnownApplication {
  readonly id: string;
  /** RSA. */
  readonly publicKey: KeyObject;
}

export type TokenResult =
  /** `tokenId`: the token's `jti`. */
  { readonly ok: true; readonly tokenId: string } | { readonly ok: false; readonly reason: string };

const Header = v.object({ alg: v.literal("RS256"), typ: v.literal("JWT") });

/** Whole seconds since the epoch; a time in milliseconds is a usual mistake and lies far in the future. */
const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0));

const Claims = v.object({
  application_id: v.string(),
  iat: Seconds,
  jti: v.pipe(v.string(), v.nonEmpty()),
  nbf: v.exactOptional(Seconds),
  exp: v.exactOptional(Seconds),
});

/** How long a token lives, in seconds: at least, at most, and where it does not say. */
const LIFETIME = { min: 30, max: 24 * 60 * 60, default: 15 * 60 };

/** Not documented. Clocks differ; a minute is what verifiers usually grant. */
const CLOCK_SKEW_SECONDS = 60;

/**
 * Verifies the Authorization header of a request. The same token may come again: no source says that `jti` is checked.
 *
 * @param now In milliseconds since the epoch.
 */
export function verifyToken(
  authorization: string | undefined,
  application: KnownApplication,
  now: number,
): TokenResult {
  const token = /^Bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? "");
  if (token === null) return refused("no bearer token");
  const [, header = "", claims = "", signature = ""] = token;

  if (!v.is(Header, decode(header))) return refused("not an RS256 JWT");
  const signed = Buffer.from(`${header}.${claims}`);
  const key = application.publicKey;
  if (!verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))) {
    return refused("wrong signature");
  }
  const parsed = v.safeParse(Claims, decode(claims));
  if (!parsed.success) return refused("a claim is missing or of the wrong type");
  return checkClaims(parsed.output, application.id, now / 1000);
}

function checkClaims(
  claims: v.InferOutput<typeof Claims>,
  applicationId: string,
  nowSeconds: number,
): TokenResult {
  const { iat, nbf = iat, exp = iat + LIFETIME.default } = claims;
  if (claims.application_id !== applicationId) return refused("unknown application");
  if (Math.max(iat, nbf) > nowSeconds + CLOCK_SKEW_SECONDS) return refused("not valid yet");
  if (exp <= nowSeconds) return refused("expired");
  const lifetime = exp - iat;
  if (lifetime < LIFETIME.min || lifetime > LIFETIME.max) return refused("lifetime out of bounds");
  return { ok: true, tokenId: claims.jti };
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function refused(reason: string): TokenResult {
  return { ok: false, reason };
}
