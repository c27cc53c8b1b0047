/** Conferences: the directory's lists, and the view of one. */
import { directoryStub } from "../../directory/client.ts";
import { iso } from "../../lib/time.ts";
import { tooBusy } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";
import { limitOf } from "./requests/query.ts";

const DEFAULT_LIMIT = 100;

/** `GET /conferences`: those with somebody in them, or with `all` every one that the directory knows, in pages. */
export async function listConferences(c: ApiContext): Promise<Response> {
  const directory = directoryStub(c.env);
  const asOf = iso(Date.now());
  if (c.req.query("all") !== "true") {
    return c.json({ conferences: await directory.live(), next: null, asOf });
  }
  const limit = limitOf(c, DEFAULT_LIMIT);
  if (limit instanceof Response) return limit;
  const { conferences, more } = await directory.all(c.req.query("after") ?? "", limit);
  return c.json({ conferences, next: more ? (conferences.at(-1)?.name ?? null) : null, asOf });
}

/** `GET /conferences/:name`. `gone`: with those who have left, at most `limit` of them. */
export async function showConference(c: ApiContext): Promise<Response> {
  const limit = limitOf(c, DEFAULT_LIMIT);
  if (limit instanceof Response) return limit;
  const view = await c.var.stub.view(c.req.query("gone") === "true" ? limit : 0);
  return view === null ? tooBusy(c) : c.json(view);
}
