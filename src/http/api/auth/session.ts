/** Sessions: logging in exchanges a token for a cookie that no script can read. */
import * as v from "valibot";
import { isLocal } from "../../../config/setting.ts";
import { missingCredentials, missingToDial, publicUrl } from "../../../config/settings.ts";
import {
  foreignOrigin,
  isOurOrigin,
  noToken,
  roleOfToken,
  tokensOf,
  unauthorized,
} from "./access.ts";
import type { ApiContext } from "../requests/context.ts";
import { readBody } from "../requests/json-body.ts";
import { SESSION_SECONDS, sessionCookie, setCookieHeader, type ApiRole } from "./session-cookie.ts";

const TOKEN_RULE = "must be text";
const LOGIN = {
  token: v.optional(v.pipe(v.string(TOKEN_RULE), v.trim(), v.nonEmpty(TOKEN_RULE))),
};

/** `POST /session`, the only open route of the API. */
export async function logIn(c: ApiContext): Promise<Response> {
  const tokens = tokensOf(c);
  if (tokens.operator === null) return noToken(c);
  // Only browsers send an origin. Another site's page must not log its visitor in as somebody else.
  if (c.req.header("origin") !== undefined && !isOurOrigin(c)) return foreignOrigin(c);
  const body = await readBody(c, LOGIN);
  if (body instanceof Response) return body;
  const { token } = body;
  if (token === undefined) return unauthorized(c, 'Send the token: {"token": "…"}');
  const role = await roleOfToken(c, token, tokens);
  if (role instanceof Response) return role;
  const cookie = await sessionCookie(role, tokens[role] ?? "", Date.now());
  setSession(c, cookie, SESSION_SECONDS);
  return c.json(sessionView(c, role));
}

/** `GET /session` */
export function showSession(c: ApiContext): Response {
  return c.json(sessionView(c, c.var.role));
}

/** `DELETE /session` */
export function logOut(c: ApiContext): Response {
  setSession(c, "", 0);
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

function setSession(c: ApiContext, value: string, maxAge: number): void {
  const { protocol, hostname } = new URL(c.req.url);
  // Browsers refuse a secure cookie from a page without TLS. Only on this machine is there such a page.
  const secure = protocol === "https:" || !isLocal(hostname);
  c.header("set-cookie", setCookieHeader(value, maxAge, secure), { append: true });
}
