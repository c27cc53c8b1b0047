/** Middleware of the API: the operator's bearer token, compared in constant time. Mounted on the whole of it. */
import { createMiddleware } from "hono/factory";
import { sameSecret } from "../lib/secret.ts";
import { apiToken } from "../lib/settings.ts";
import type { NamedEnv } from "./named.ts";
import { problem } from "./problem.ts";

export const operatorOnly = createMiddleware<NamedEnv>(async function operatorOnly(c, next) {
  const expected = apiToken(c.env, new URL(c.req.url).hostname);
  if (expected === null) {
    return problem(
      c,
      503,
      "API_TOKEN is not set, or is the published one. Set it with: npx wrangler secret put API_TOKEN",
    );
  }
  const given = /^Bearer +(\S+)\s*$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (given === undefined || !(await sameSecret(given, expected))) {
    c.header("www-authenticate", "Bearer");
    return problem(c, 401, "Send the API token: Authorization: Bearer …");
  }
  c.set("role", "operator");
  return await next();
});
