/** Middleware of what the carrier has to do for us: it takes us for nobody without credentials. */
import { createMiddleware } from "hono/factory";
import { missingCredentials } from "../../../config/settings.ts";
import type { ApiEnv } from "./api-env.ts";
import { problem } from "../../problem.ts";

export const requireCredentials = createMiddleware<ApiEnv>(
  async function requireCredentials(c, next) {
    const missing = missingCredentials(c.env);
    if (missing.length === 0) return await next();
    const commands = missing.map((name) => `npx wrangler secret put ${name}`).join(" and ");
    return problem(
      c,
      501,
      `Acting on calls needs VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY. Not set: ${missing.join(", ")}. Set with: ${commands}`,
    );
  },
);
