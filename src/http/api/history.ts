/** The count of a conference over its last minutes. */
import { conferenceStub } from "../../conference/client.ts";
import { iso, MINUTE_MS } from "../../lib/time.ts";
import { problem, tooBusy } from "../problem.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { wholeNumber } from "./requests/whole-number.ts";

const DEFAULT_MINUTES = 60;
const MAX_MINUTES = 1_440;

export async function showHistory(c: ApiContext): Promise<Response> {
  const minutes = wholeNumber(c.req.query("minutes"), DEFAULT_MINUTES, 1, MAX_MINUTES);
  if (minutes === null) {
    return problem(c, 400, `minutes must be a whole number from 1 to ${MAX_MINUTES}.`);
  }
  const history = await conferenceStub(c.env, c.var.conference).history(minutes * MINUTE_MS);
  if (history === null) return tooBusy(c);
  const { from, to, steps } = history;
  return c.json({ from: iso(from), to: iso(to), steps });
}
