/** `GET /conferences/:name/events`: a conference's journal, in pages. */
import { parsedJson } from "../../lib/cut.ts";
import { iso } from "../../lib/time.ts";
import { problem, tooBusy } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";
import { limitOf, wholeNumber } from "./requests/query.ts";

const DEFAULT_LIMIT = 100;

export async function listEvents(c: ApiContext): Promise<Response> {
  const after = wholeNumber(c.req.query("after"), 0, 0, Number.MAX_SAFE_INTEGER);
  if (after === null) {
    return problem(c, 400, "after must be a sequence number: 0, or the next of an earlier answer.");
  }
  const limit = limitOf(c, DEFAULT_LIMIT);
  if (limit instanceof Response) return limit;
  const page = await c.var.stub.events(after, limit);
  if (page === null) return tooBusy(c);
  const { entries, more } = page;
  const events = entries.map(({ seq, leg, kind, status, at, receivedAt, outcome, body }) => ({
    seq,
    leg,
    kind,
    status,
    at: iso(at),
    receivedAt: iso(receivedAt),
    outcome,
    body: parsedJson(body),
  }));
  return c.json({ events, next: more ? (entries.at(-1)?.seq ?? null) : null });
}
