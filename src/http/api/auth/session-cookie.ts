/**
 * The session of a browser: a role and an end, signed with that role's token. Nothing is stored, and changing a token ends its
 * sessions.
 */
import { authenticate, sameHash } from "../../../lib/crypto.ts";

/** An operator may do everything with the API, a viewer only read. */
export type ApiRole = "operator" | "viewer";

/** The token of each role; null where the role has none. */
export type Tokens = Readonly<Record<ApiRole, string | null>>;

export const SESSION_COOKIE = "partyline-session";
/** A long working day. */
export const SESSION_SECONDS = 12 * 3_600;

const IN_HEADER = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([\\w.]*)`);

/** The session's cookie in a `Cookie` header (RFC 6265, 5.4); empty where it is missing or is none of ours. */
export function cookieIn(header: string | undefined): string {
  return IN_HEADER.exec(header ?? "")?.[1] ?? "";
}

/** A `Set-Cookie` header (RFC 6265, 4.1) for a cookie that no script can read and no other site can send. */
export function setCookieHeader(value: string, maxAge: number, secure: boolean): string {
  const guards = secure ? "HttpOnly; Secure; SameSite=Strict" : "HttpOnly; SameSite=Strict";
  return `${SESSION_COOKIE}=${value}; Max-Age=${maxAge}; Path=/; ${guards}`;
}

/** `now`: milliseconds since the epoch. */
export async function sessionCookie(role: ApiRole, token: string, now: number): Promise<string> {
  const expiresAt = Math.floor(now / 1_000) + SESSION_SECONDS;
  return `${role}.${expiresAt}.${await codeFor(role, token, expiresAt)}`;
}

/** The role that a cookie gives at `now`; null where it is not a cookie of ours, or has expired. */
export async function sessionRole(
  cookie: string,
  tokens: Tokens,
  now: number,
): Promise<ApiRole | null> {
  const [, role, expiry, code = ""] =
    /^(operator|viewer)\.([1-9]\d{0,11})\.(\w+)$/.exec(cookie) ?? [];
  if (role !== "operator" && role !== "viewer") return null;
  const token = tokens[role];
  const expiresAt = Number(expiry);
  if (token === null || expiresAt * 1_000 <= now) return null;
  return sameHash(code, await codeFor(role, token, expiresAt)) ? role : null;
}

/** When a session ends, in milliseconds since the epoch. `cookie`: a valid one. */
export function sessionEnd(cookie: string): number {
  return Number(cookie.split(".")[1]) * 1_000;
}

async function codeFor(role: ApiRole, token: string, expiresAt: number): Promise<string> {
  return await authenticate(token, `session ${role} ${expiresAt}`);
}
