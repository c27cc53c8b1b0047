/** Somebody's hand on one caller, or on all of them but the moderators. */
import * as v from "valibot";
import { Flag } from "../../lines/parse/keys.ts";
import { conferenceStub } from "../../conference/client.ts";
import type { RosterEntry } from "../../conference/state/roster.ts";
import type { Command } from "../../outbox/job.ts";
import type { LegAction } from "../../contract/batch-view.ts";
import { canonicalCaller } from "../../vonage/caller.ts";
import { batchReply, runCommands, idempotencyKey, isRepetition } from "./commands.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { NO_OPTIONS, readBody } from "./requests/json-body.ts";
import { problem } from "../problem.ts";

const HANG_UP = { ban: v.optional(Flag) };

/** What was asked for beside the action. */
interface Options {
  /** Keeps the caller out until the room empties. */
  ban?: boolean | undefined;
}

export function onLeg(action: LegAction) {
  return async (c: ApiContext): Promise<Response> => {
    const body = await readBody(c, NO_OPTIONS);
    return body.ok ? await actOnLeg(c, legOf(c), action, body.value) : body.error;
  };
}

export function onGuests(action: LegAction) {
  return async (c: ApiContext): Promise<Response> => {
    const body = await readBody(c, NO_OPTIONS);
    return body.ok ? await actOnGuests(c, action, body.value) : body.error;
  };
}

export async function hangUpLeg(c: ApiContext): Promise<Response> {
  const body = await readBody(c, HANG_UP);
  return body.ok ? await actOnLeg(c, legOf(c), "hangup", body.value) : body.error;
}

export async function hangUpGuests(c: ApiContext): Promise<Response> {
  const body = await readBody(c, HANG_UP);
  return body.ok ? await actOnGuests(c, "hangup", body.value) : body.error;
}

function legOf(c: ApiContext): string {
  return c.req.param("leg") ?? "";
}

async function actOnLeg(
  c: ApiContext,
  leg: string,
  action: LegAction,
  options: Options,
): Promise<Response> {
  const conference = conferenceStub(c.env, c.var.conference);
  const entry = (await conference.roster()).find((one) => one.leg === leg);
  const known = entry?.record ?? (await conference.participant(leg))?.participant ?? null;
  if (known === null) {
    return problem(c, 404, "No such leg was ever in this conference. Its view lists who is there.");
  }
  // A repetition of what was done before is told what came of it, also where that was the end of the leg.
  if (entry === undefined && idempotencyKey(c) === null) return gone(c, known.reason);
  // Who has gone is not banned by a repetition: the next meeting may have begun.
  const bans = options.ban === true && entry !== undefined;
  const refusal = bans ? await keepOut(c, [known.caller]) : null;
  if (refusal !== null) return refusal;
  const regionUrl = entry?.record.regionUrl ?? null;
  const command = { kind: action, conference: c.var.conference, leg, regionUrl };
  const done = await runCommands(c, [command], options);
  if (!done.ok) return done.error;
  const [job] = done.value.jobs;
  switch (job?.state) {
    case "done":
      return c.json((await conference.participant(leg))?.participant ?? null);
    case "gone":
      return gone(c, job.detail);
    case "refused":
      return problem(c, 502, `It was not done, and will not be: ${job.detail ?? "refused"}.`);
    case "unknown":
      return problem(c, 504, `Nobody can tell whether it was done: ${job.detail ?? "no answer"}.`);
    case "waiting":
    case "sending":
    case undefined:
      return batchReply(c, done.value);
  }
}

async function actOnGuests(c: ApiContext, action: LegAction, options: Options): Promise<Response> {
  const roster = await conferenceStub(c.env, c.var.conference).roster();
  const guests = roster.filter(({ record }) => record.role !== "moderator");
  const callers = guests.map(({ record }) => record.caller);
  const refusal = options.ban === true ? await keepOut(c, callers) : null;
  return refusal ?? (await actOnAll(c, guests, { kind: action }, options));
}

/** `deed`: what is to happen to each of them. `body`: what was asked for. */
export async function actOnAll(
  c: ApiContext,
  roster: readonly RosterEntry[],
  deed: Deed,
  body: object,
): Promise<Response> {
  const { conference } = c.var;
  const commands = roster.map(({ leg, record: { regionUrl } }): Command => {
    return { ...deed, conference, leg, regionUrl };
  });
  const done = await runCommands(c, commands, body);
  return done.ok ? batchReply(c, done.value) : done.error;
}

export type Deed =
  | { kind: LegAction | "look-up" }
  | { kind: "talk"; text: string; language?: string; style?: number; premium?: boolean }
  | { kind: "stream"; url: string };

/**
 * Before anybody is hung up on: who dials again at once must find the door closed. A repetition hangs up on nobody new, so it
 * bans nobody new either: others have come meanwhile.
 */
async function keepOut(
  c: ApiContext,
  callers: readonly (string | null)[],
): Promise<Response | null> {
  if (await isRepetition(c)) return null;
  const known = callers.filter((caller) => caller !== null && canonicalCaller(caller) !== null);
  if (known.length < callers.length) {
    const detail =
      "A caller whose number is withheld would not be known again, so nobody was hung up on or banned. Hang up without ban, or lock the conference.";
    return problem(c, 409, detail);
  }
  const conference = conferenceStub(c.env, c.var.conference);
  await Promise.all(known.map((caller) => conference.ban(caller ?? "")));
  return null;
}

function gone(c: ApiContext, reason: string | null): Response {
  return problem(c, 409, `This leg is not in the conference any more: ${reason ?? "gone"}.`);
}
