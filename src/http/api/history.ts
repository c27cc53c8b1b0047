/** `GET /conferences/:name/history`: how many were in a conference during its last minutes. */
import { iso, MINUTE_MS } from "../../lib/time.ts";
import { tooBusy } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";
import { limitOf } from "./requests/query.ts";

const DEFAULT_MINUTES = 60;
/** A day. */
const MAX_MINUTES = 1_440;

export async function showHistory(c: ApiContext): Promise<Response> {
  const minutes = limitOf(c, DEFAULT_MINUTES, MAX_MINUTES, "minutes");
  if (minutes instanceof Response) return minutes;
  const history = await c.var.stub.history(minutes * MINUTE_MS);
  if (history === null) return tooBusy(c);
  const { from, to, steps } = history;
  return c.json({ from: iso(from), to: iso(to), steps });
}
