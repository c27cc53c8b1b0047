/** `GET /openapi.json`: the description of the API, a static asset, for those who may use the API. */
import { problem } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";

export async function showDescription(c: ApiContext): Promise<Response> {
  // A server that runs the Worker without its assets, as tests and benchmarks do, has no such binding.
  const { ASSETS: assets }: Partial<Env> = c.env;
  const asset = await assets?.fetch(new URL("/api/openapi.json", c.req.url));
  if (!asset?.ok) {
    await asset?.body?.cancel();
    return problem(c, 503, "This server has no static assets, and the description is one of them.");
  }
  return new Response(asset.body, { headers: { "content-type": "application/json" } });
}
