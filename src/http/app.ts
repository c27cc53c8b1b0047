/** The Worker's app: the webhooks, the API and the health check. Static assets are served without it, but for the API's description. */
import { Hono } from "hono";
import { getPath } from "hono/utils/url";
import { log, reasonOf } from "../lib/log.ts";
import { unusableSettings } from "../config/settings.ts";
import { api } from "./api/app.ts";
import { problem } from "./problem.ts";
import { webhooks } from "./webhooks/app.ts";

export function createApp(): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>({ getPath: pathOf });
  app.route("/webhooks", webhooks());
  app.route("/api", api());

  app.get("/health", (c) => {
    const missing = unusableSettings(c.env, new URL(c.req.url).hostname);
    return missing.length === 0 ? c.json({ ok: true }) : c.json({ ok: false, missing }, 503);
  });

  app.notFound((c) => problem(c, 404, "There is no such page."));
  app.onError((error, c) => {
    log("unexpected error", { route: c.req.routePath, reason: reasonOf(error) });
    return problem(c, 500, "Something went wrong here. The log says what.");
  });
  return app;
}

/** The path to route by: a webhook's without a slash at its end, since operators type these URLs into the carrier's form. */
function pathOf(request: Request): string {
  const path = getPath(request);
  return path.startsWith("/webhooks/") && path.endsWith("/") ? path.slice(0, -1) : path;
}
