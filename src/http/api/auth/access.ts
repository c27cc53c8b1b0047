/**
 * Access control of the API. `API_TOKEN` gives the role operator and `VIEWER_TOKEN` the role viewer, each as a bearer token or
 * as a session that was made with it. Mounted on the whole API and decided by method, so that a new route is protected without
 * doing anything.
 */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { sameSecret } from "../../../lib/crypto.ts";
import { apiToken, viewerToken } from "../../../config/settings.ts";
import { maskedForViewer } from "../../../lib/masking/viewer-mask.ts";
import { countFailure, refuseLimited } from "./login-limit.ts";
import { problem, tooOften } from "../../problem.ts";
import type { ApiContext, ApiEnv } from "../requests/context.ts";
import { cookieIn, sessionEnd, sessionRole, type ApiRole, type Tokens } from "./session-cookie.ts";
import { admitViewer } from "./viewer-pace.ts";

/** Any other method changes something. */
const READING = new Set(["GET", "HEAD"]);
/** A viewer may log out: it changes only their own cookie. */
const LOG_OUT = "DELETE /api/session";
/** Without personal data, so that nothing is masked for viewers. */
const NO_DATA = new Set(["/api/openapi.json"]);

export const access = createMiddleware<ApiEnv>(async function access(c, next) {
  // The next person at the same browser must not see it.
  c.header("cache-control", "private, no-store");
  const tokens = tokensOf(c);
  if (tokens.operator === null) return noToken(c);
  const bearer = /^Bearer +(\S+)\s*$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const role =
    bearer === undefined ? await roleOfSession(c, tokens) : await roleOfToken(c, bearer, tokens);
  if (role instanceof Response) return role;

  const connects = c.req.header("upgrade") !== undefined;
  if (role === "viewer" && !(await admitViewer(connects))) return tooOften(c);
  const reads = READING.has(c.req.method);
  if (role === "viewer" && !reads && `${c.req.method} ${c.req.path}` !== LOG_OUT) {
    return problem(c, 403, "VIEWER_TOKEN may read. Changing something takes API_TOKEN.");
  }
  if (bearer === undefined && (!reads || connects) && !isOurOrigin(c)) return foreignOrigin(c);

  c.set("role", role);
  c.set("sessionEnd", bearer === undefined ? sessionEnd(sessionOf(c)) : null);
  await next();
  if (role === "viewer" && !NO_DATA.has(c.req.path)) await maskAnswer(c);
  return undefined;
});

/** Middleware of the routes that a viewer may not even read. */
export const operatorOnly = createMiddleware<ApiEnv>(async function operatorOnly(c, next) {
  return c.var.role === "operator" ? await next() : forOperators(c);
});

export function forOperators(c: ApiContext): Response {
  return problem(c, 403, "This takes API_TOKEN: recordings, and lines as they are stored.");
}

export function tokensOf(c: ApiContext): Tokens {
  const host = new URL(c.req.url).hostname;
  return { operator: apiToken(c.env, host), viewer: viewerToken(c.env, host) };
}

export function noToken(c: ApiContext): Response {
  return problem(
    c,
    503,
    "API_TOKEN is not set, or is the published one. Set it with: npx wrangler secret put API_TOKEN",
  );
}

/** The role that a token gives; a Response where it gives none. */
export async function roleOfToken(
  c: ApiContext,
  token: string,
  tokens: Tokens,
): Promise<ApiRole | Response> {
  const now = Date.now();
  const refusal = refuseLimited(c, now);
  if (refusal !== null) return refusal;
  // Always both: the time that it takes must not tell which of them differs.
  const [operates, views] = await Promise.all([
    sameSecret(token, tokens.operator ?? ""),
    sameSecret(token, tokens.viewer ?? ""),
  ]);
  // Again, since others may have failed during the comparison.
  if (operates && tokens.operator !== null) return refuseLimited(c, now) ?? "operator";
  if (views && tokens.viewer !== null) return refuseLimited(c, now) ?? "viewer";
  await countFailure(c, now);
  return unauthorized(c, "This is not the token. Send it: Authorization: Bearer …");
}

async function roleOfSession(c: ApiContext, tokens: Tokens): Promise<ApiRole | Response> {
  const role = await sessionRole(sessionOf(c), tokens, Date.now());
  return role ?? unauthorized(c, "Send the API token: Authorization: Bearer …");
}

function sessionOf(c: ApiContext): string {
  return cookieIn(c.req.header("cookie"));
}

export function unauthorized(c: ApiContext, detail: string): Response {
  c.header("www-authenticate", "Bearer");
  return problem(c, 401, detail);
}

/** Whether a request comes from a page of ours. Browsers set `Origin` on every request that can do harm; no page can forge it. */
export function isOurOrigin(c: Context): boolean {
  return c.req.header("origin") === new URL(c.req.url).origin;
}

export function foreignOrigin(c: Context): Response {
  return problem(
    c,
    403,
    "A session is good for pages of this Worker only. Elsewhere, send the token.",
  );
}

async function maskAnswer(c: ApiContext): Promise<void> {
  const { res } = c;
  if (!/^application\/([\w.-]+\+)?json\b/.test(res.headers.get("content-type") ?? "")) return;
  const body = JSON.stringify(maskedForViewer(await res.json()));
  const { status } = res;
  const headers = new Headers(res.headers);
  headers.delete("content-length");
  c.res = undefined;
  c.res = new Response(body, { status, headers });
}
