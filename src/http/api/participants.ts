/** What an operator can do with one caller, or with all guests: mute, earmuff, hang up on. */
import * as v from "valibot";
import type { RosterEntry } from "../../conference/state/roster.ts";
import { Flag } from "../../lines/parse/keys.ts";
import type { LegAction } from "../../contract/batch-view.ts";
import type { Command } from "../../outbox/job.ts";
import { canonicalCaller } from "../../vonage/caller.ts";
import { problem } from "../problem.ts";
import { batchReply, idempotencyKey, isRepetition, runCommands } from "./outbox.ts";
import type { ApiContext } from "./requests/context.ts";
import { readBody } from "./requests/json-body.ts";

/** The body of a hang-up; that of the other actions is empty. */
const HANG_UP = { ban: v.optional(Flag) };

type LegContext = ApiContext<"/participants/:leg">;

interface Options {
  /** Keeps the caller out until the room is empty. */
  ban?: boolean | undefined;
}

/** `POST /conferences/:name/participants/:leg/…` */
export function actOnParticipant(action: LegAction) {
  return async (c: LegContext): Promise<Response> => {
    const body = await readOptions(c, action);
    return body instanceof Response ? body : await commandLeg(c, action, body);
  };
}

/** `POST /conferences/:name/guests/…`: everybody but the moderators. */
export function actOnGuests(action: LegAction) {
  return async (c: ApiContext): Promise<Response> => {
    const body = await readOptions(c, action);
    return body instanceof Response ? body : await commandGuests(c, action, body);
  };
}

async function readOptions(c: ApiContext, action: LegAction): Promise<Options | Response> {
  return action === "hangup" ? await readBody(c, HANG_UP) : await readBody(c, {});
}

async function commandLeg(c: LegContext, action: LegAction, options: Options): Promise<Response> {
  const leg = c.req.param("leg");
  const { conference, stub } = c.var;
  const entry = (await stub.roster()).find((one) => one.leg === leg);
  const known = entry?.record ?? (await stub.participant(leg))?.participant ?? null;
  if (known === null) {
    return problem(c, 404, "No such leg was ever in this conference. Its view lists who is there.");
  }
  // With an idempotency key it may be a repetition, whose reply is the first result, even where that ended the leg.
  if (entry === undefined && idempotencyKey(c) === null) return gone(c, known.reason);
  // A repetition bans nobody who has gone: the next meeting may have begun.
  const bans = options.ban === true && entry !== undefined;
  const refusal = bans ? await ban(c, [known.caller]) : null;
  if (refusal !== null) return refusal;
  const regionUrl = entry?.record.regionUrl ?? null;
  const batch = await runCommands(c, [{ kind: action, conference, leg, regionUrl }], options);
  if (batch instanceof Response) return batch;
  const [job] = batch.jobs;
  switch (job?.state) {
    case "done":
      return c.json((await stub.participant(leg))?.participant ?? null);
    case "gone":
      return gone(c, job.detail);
    case "refused":
      return problem(c, 502, `It was not done, and will not be: ${job.detail ?? "refused"}.`);
    case "unknown":
      return problem(c, 504, `Nobody can tell whether it was done: ${job.detail ?? "no answer"}.`);
    case "waiting":
    case "sending":
    case undefined:
      return batchReply(c, batch);
  }
}

async function commandGuests(
  c: ApiContext,
  action: LegAction,
  options: Options,
): Promise<Response> {
  const roster = await c.var.stub.roster();
  const guests = roster.filter(({ record }) => record.role !== "moderator");
  const callers = guests.map(({ record }) => record.caller);
  const refusal = options.ban === true ? await ban(c, callers) : null;
  return refusal ?? (await commandLegs(c, guests, { kind: action }, options));
}

/** A command for several legs, without the leg. */
type SharedCommand =
  | { kind: LegAction | "look-up" }
  | { kind: "talk"; text: string; language?: string; style?: number; premium?: boolean }
  | { kind: "stream"; url: string };

/** The same command for each of `legs`. `body`: the request's. */
export async function commandLegs(
  c: ApiContext,
  legs: readonly RosterEntry[],
  command: SharedCommand,
  body: object,
): Promise<Response> {
  const { conference } = c.var;
  const commands = legs.map(({ leg, record: { regionUrl } }): Command => {
    return { ...command, conference, leg, regionUrl };
  });
  const batch = await runCommands(c, commands, body);
  return batch instanceof Response ? batch : batchReply(c, batch);
}

/**
 * Bans callers, or returns why none of them can be. Before anybody is hung up on, so that nobody who dials again at once gets
 * in. A repetition bans nobody, since it hangs up on nobody new: others may have come meanwhile.
 */
async function ban(c: ApiContext, callers: readonly (string | null)[]): Promise<Response | null> {
  if (await isRepetition(c)) return null;
  const known = callers.filter((caller) => caller !== null && canonicalCaller(caller) !== null);
  if (known.length < callers.length) {
    const detail =
      "A caller whose number is withheld would not be known again, so nobody was hung up on or banned. Hang up without ban, or lock the conference.";
    return problem(c, 409, detail);
  }
  await Promise.all(known.map((caller) => c.var.stub.ban(caller ?? "")));
  return null;
}

function gone(c: ApiContext, reason: string | null): Response {
  return problem(c, 409, `This leg is not in the conference any more: ${reason ?? "gone"}.`);
}
