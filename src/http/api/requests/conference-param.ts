/** Middleware of what belongs to one conference: nothing that is no conference's name gets past it. */
import { createMiddleware } from "hono/factory";
import * as v from "valibot";
import { ConferenceName } from "../../../lines/room.ts";
import { problem } from "../../problem.ts";
import type { ApiEnv } from "./api-env.ts";

/** To be mounted on a path with `:name` in it. */
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
  return await next();
});
