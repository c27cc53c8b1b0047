/**
 * Who may do what with the API. `API_TOKEN` operates and `VIEWER_TOKEN` reads, each as a bearer token or as the session that
 * was made with it. Mounted on the whole of the API, so that what it decides by method holds for a route that nobody has
 * thought of yet.
 */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { sameSecret } from "../../../lib/crypto.ts";
import { apiToken, viewerToken } from "../../../config/settings.ts";
import { maskedForViewer } from "../../../lib/masking/viewer-mask.ts";
import { braked, countFailure } from "./login-brake.ts";
import type { ApiContext, ApiEnv } from "../requests/api-env.ts";
import { problem, tooOften } from "../../problem.ts";
import { cookieIn, sessionEnd, sessionRole, type ApiRole, type Tokens } from "./session-cookie.ts";
import { inViewersPace } from "./viewer-pace.ts";

/** Whatever else is asked for changes something. */
const READING = new Set(["GET", "HEAD"]);
/** Logging out changes nothing but the browser's own cookie. */
const LOG_OUT = "DELETE /api/session";
/** What holds no data, so that there is nobody in it to be masked. */
const NO_DATA = new Set(["/api/openapi.json"]);

export const access = createMiddleware<ApiEnv>(async function access(c, next) {
  // No browser keeps what it was told, for whoever comes after.
  c.header("cache-control", "private, no-store");
  const tokens = tokensOf(c);
  if (tokens.operator === null) return noToken(c);
  const bearer = /^Bearer +(\S+)\s*$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const role =
    bearer === undefined ? await roleOfSession(c, tokens) : await roleOfToken(c, bearer, tokens);
  if (role instanceof Response) return role;

  const connects = c.req.header("upgrade") !== undefined;
  if (role === "viewer" && !(await inViewersPace(connects))) return tooOften(c);
  const reads = READING.has(c.req.method);
  if (role === "viewer" && !reads && `${c.req.method} ${c.req.path}` !== LOG_OUT) {
    return problem(c, 403, "VIEWER_TOKEN may read. Changing something takes API_TOKEN.");
  }
  if (bearer === undefined && (!reads || connects) && !isOurOrigin(c)) return foreign(c);

  c.set("role", role);
  c.set("sessionEnd", bearer === undefined ? sessionEnd(sessionOf(c)) : null);
  await next();
  if (role === "viewer" && !NO_DATA.has(c.req.path)) await maskAnswer(c);
  return undefined;
});

/** Middleware of what shows more than who is on the line: recordings, and what stands in the lines. */
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

/** The role that a token gives, or the answer to whoever sent it. */
export async function roleOfToken(
  c: ApiContext,
  token: string,
  tokens: Tokens,
): Promise<ApiRole | Response> {
  const now = Date.now();
  const early = braked(c, now);
  if (early !== null) return early;
  // Both, always: how long it takes must not tell which of them it is not.
  const [operates, views] = await Promise.all([
    sameSecret(token, tokens.operator ?? ""),
    sameSecret(token, tokens.viewer ?? ""),
  ]);
  if (operates && tokens.operator !== null) return braked(c, now) ?? "operator";
  if (views && tokens.viewer !== null) return braked(c, now) ?? "viewer";
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

/** Browsers name the page from which a request comes where it could do harm, and no page can make them say another. */
export function isOurOrigin(c: Context): boolean {
  return c.req.header("origin") === new URL(c.req.url).origin;
}

export function foreign(c: Context): Response {
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
