/** One leg: where it was sent, and what its conference knows of it. */
import { conferenceStub } from "../../conference/client.ts";
import { iso } from "../../lib/time.ts";
import { switchboardStub } from "../../switchboard/client.ts";
import { problem } from "../problem.ts";
import type { ApiContext } from "./requests/api-env.ts";

const UNKNOWN =
  "No webhook of this leg was received, or it is longer ago than legs are remembered.";

export async function showLeg(c: ApiContext): Promise<Response> {
  const leg = c.req.param("leg") ?? "";
  const record = await switchboardStub(c.env, leg).leg(leg);
  if (record === null) return problem(c, 404, UNKNOWN);
  const { outcome, held, firstAt } = record;
  const conference = outcome?.kind === "conference" ? outcome.conference : null;
  const there =
    conference === null ? null : await conferenceStub(c.env, conference).participant(leg);
  return c.json({
    leg,
    outcome: outcome?.kind ?? "pending",
    conference,
    reason: outcome?.kind === "none" ? outcome.reason : null,
    guessed: outcome?.kind === "conference" && outcome.guessed,
    at: iso(outcome?.at ?? null),
    firstAt: iso(firstAt),
    held,
    duplicates: there?.duplicates ?? 0,
    participant: there?.participant ?? null,
  });
}
