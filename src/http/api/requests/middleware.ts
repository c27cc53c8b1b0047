/** The API's middleware, apart from access control. */
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import { conferenceStub } from "../../../conference/client.ts";
import { missingCredentials } from "../../../config/settings.ts";
import { ConferenceName } from "../../../lines/room.ts";
import { problem } from "../../problem.ts";
import type { ApiEnv } from "./context.ts";

/** `maxSize`: in bytes. */
export function bodyOfAtMost(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (c) => problem(c, 413, `A body may have at most ${maxSize / 1024} KiB.`),
  });
}

/** Resolves the conference of a path with `:name` in it; refuses a name that no conference can have. */
export const conferenceParam = createMiddleware<ApiEnv>(async function conferenceParam(c, next) {
  const name = v.safeParse(ConferenceName, c.req.param("name"));
  if (!name.success) {
    return problem(
      c,
      400,
      "A conference's name is 1 to 100 letters, digits, dots, underscores or hyphens.",
    );
  }
  c.set("conference", name.output);
  c.set("stub", conferenceStub(c.env, name.output));
  return await next();
});

/** Refuses requests that need the carrier's REST API where the Worker has no credentials for it. */
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
