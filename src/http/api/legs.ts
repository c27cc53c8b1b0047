/** `GET /legs/:leg`: what became of a leg, wherever it was sent. */
import { conferenceStub } from "../../conference/client.ts";
import { iso } from "../../lib/time.ts";
import { switchboardStub } from "../../switchboard/client.ts";
import { problem } from "../problem.ts";
import type { ApiContext } from "./requests/context.ts";

export async function showLeg(c: ApiContext<"/legs/:leg">): Promise<Response> {
  const leg = c.req.param("leg");
  const record = await switchboardStub(c.env, leg).leg(leg);
  if (record === null) {
    return problem(
      c,
      404,
      "No webhook of this leg was received, or it is longer ago than legs are remembered.",
    );
  }
  const { outcome, held, firstAt } = record;
  const conference = outcome?.kind === "conference" ? outcome.conference : null;
  const entry =
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
    duplicates: entry?.duplicates ?? 0,
    participant: entry?.participant ?? null,
  });
}
