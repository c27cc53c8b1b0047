/** Conferences: those that are live or were, and one of them with everybody in it. */
import { conferenceStub } from "../../conference/client.ts";
import { directoryStub } from "../../directory/client.ts";
import { iso } from "../../lib/time.ts";
import { tooBusy } from "../problem.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { limitOf } from "./requests/whole-number.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

export async function listConferences(c: ApiContext): Promise<Response> {
  const directory = directoryStub(c.env);
  const asOf = iso(Date.now());
  if (c.req.query("all") !== "true") {
    return c.json({ conferences: await directory.live(), next: null, asOf });
  }
  const limit = limitOf(c, DEFAULT_LIMIT, MAX_LIMIT);
  if (limit instanceof Response) return limit;
  const { conferences, more } = await directory.all(c.req.query("after") ?? "", limit);
  return c.json({ conferences, next: more ? (conferences.at(-1)?.name ?? null) : null, asOf });
}

/** `?gone=true` lists those who left too, at most `limit` of them. */
export async function showConference(c: ApiContext): Promise<Response> {
  const limit = limitOf(c, DEFAULT_LIMIT, MAX_LIMIT);
  if (limit instanceof Response) return limit;
  const gone = c.req.query("gone") === "true" ? limit : 0;
  const view = await conferenceStub(c.env, c.var.conference).view(gone);
  return view === null ? tooBusy(c) : c.json(view);
}
