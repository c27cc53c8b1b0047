/** Logging in and out: a token becomes a cookie that no script can read. */
import * as v from "valibot";
import { isLocal } from "../../../config/setting.ts";
import { missingCredentials, missingToDial, publicUrl } from "../../../config/settings.ts";
import { foreign, isOurOrigin, noToken, roleOfToken, tokensOf, unauthorized } from "./access.ts";
import { readBody } from "../requests/json-body.ts";
import type { ApiContext } from "../requests/api-env.ts";
import { SESSION_SECONDS, sessionCookie, setCookieHeader, type ApiRole } from "./session-cookie.ts";

const TOKEN_RULE = "must be text";
const LOGIN = {
  token: v.optional(v.pipe(v.string(TOKEN_RULE), v.trim(), v.nonEmpty(TOKEN_RULE))),
};

/** `POST /api/session`, the one route of the API that is open. */
export async function logIn(c: ApiContext): Promise<Response> {
  const tokens = tokensOf(c);
  if (tokens.operator === null) return noToken(c);
  // Only a browser names an origin. Another page must not log it in as somebody else.
  if (c.req.header("origin") !== undefined && !isOurOrigin(c)) return foreign(c);
  const body = await readBody(c, LOGIN);
  if (!body.ok) return body.error;
  const { token } = body.value;
  if (token === undefined) return unauthorized(c, 'Send the token: {"token": "…"}');
  const role = await roleOfToken(c, token, tokens);
  if (role instanceof Response) return role;
  const cookie = await sessionCookie(role, tokens[role] ?? "", Date.now());
  giveCookie(c, cookie, SESSION_SECONDS);
  return c.json(sessionView(c, role));
}

export function showSession(c: ApiContext): Response {
  return c.json(sessionView(c, c.var.role));
}

export function logOut(c: ApiContext): Response {
  giveCookie(c, "", 0);
  return c.body(null, 204);
}

function sessionView(c: ApiContext, role: ApiRole) {
  const base = publicUrl(c.env, c.req.url);
  return {
    role,
    settings: { carrier: missingCredentials(c.env), dial: missingToDial(c.env) },
    webhooks: {
      answer: `${base}/webhooks/answer`,
      event: `${base}/webhooks/event`,
      fallback: `${base}/webhooks/fallback`,
    },
  };
}

function giveCookie(c: ApiContext, value: string, maxAge: number): void {
  const { protocol, hostname } = new URL(c.req.url);
  // Browsers keep no secure cookie of a page without TLS, which is fine anywhere but on this very machine.
  const secure = protocol === "https:" || !isLocal(hostname);
  c.header("set-cookie", setCookieHeader(value, maxAge, secure), { append: true });
}
