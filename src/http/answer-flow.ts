/**
 * The bridge's flow for one caller: from the answer webhook to the NCCO, within one deadline, whatever fails. A caller
 * whose line is known is let in even if no Durable Object answers; the admission then goes on behind the reply.
 */
import { within } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import { entryOf } from "../lines/access.ts";
import type { Line } from "../lines/line.ts";
import { lookUpLine } from "../lines/look-up.ts";
import { conferenceNcco, refusalNcco, type Refusal } from "../lines/prompts.ts";
import { roleOf, type Room } from "../lines/room.ts";
import { shardOf } from "../switchboard/shard.ts";
import type { LegOutcome } from "../switchboard/outcome.ts";
import type { Switchboard } from "../switchboard/switchboard.ts";
import type { AnswerRequest } from "../vonage/answer-request.ts";
import type { Ncco } from "../vonage/ncco.ts";

/** The carrier waits five seconds by default, and asks a second time after that. */
const ANSWER_MS = 3_000;
/** Of which the switchboard may take so much. */
const DECIDE_MS = 1_500;
/** Together with its pauses less than the thirty seconds that the platform grants behind a reply. */
const ATTEMPT_MS = 5_000;
const PAUSES_MS = [250, 1_000, 3_000];

/** What a caller hears, and what the log says of it. */
export interface Answer {
  ncco: Ncco;
  conference: string | null;
  /** `admitted`; `let in` where the switchboard did not answer in time; or why not. */
  outcome: "admitted" | "let in" | Refusal;
}

export interface AnswerContext {
  env: Env;
  /** When the webhook came, in milliseconds since the epoch. */
  now: number;
  waitUntil: (work: Promise<unknown>) => void;
  /** Where the carrier reports recordings of a conference to. */
  recordingUrl: (conference: string) => Promise<string>;
  holdMusicUrl: string;
}

export async function answerCall(request: AnswerRequest, context: AnswerContext): Promise<Answer> {
  const found = await lookUpLine(context.env.LINES, request.number);
  switch (found.kind) {
    case "line":
      return await enter(request, found.line, context);
    case "misconfigured":
      log("line misconfigured", { key: found.key, problems: found.problems });
      return await turnAway(request, "misconfigured-line", context);
    case "unknown":
      return await turnAway(request, "unknown-number", context);
    case "unavailable":
      log("lines unavailable", { reason: reasonOf(found.error) });
      return await turnAway(request, "line-unavailable", context);
  }
}

async function enter(request: AnswerRequest, line: Line, context: AnswerContext): Promise<Answer> {
  const entry = entryOf(line);
  return entry.kind === "open"
    ? await letIn(request, entry.room, context)
    : await turnAway(request, "misconfigured-line", context);
}

async function letIn(request: AnswerRequest, room: Room, context: AnswerContext): Promise<Answer> {
  const { leg, number, caller, origin } = request;
  // Without its id a leg cannot be followed; the caller wants in all the same.
  if (leg === null) return await answerFor(room, "let in", context);
  const { env, now } = context;
  const deadline = Date.now() + patience(now);
  const admission = { leg, line: room, number, caller, origin, at: now, deadline };
  const standing = await decided(
    leg,
    // Once the caller is in, the conference need not be asked any more.
    (again) => switchboardOf(env, leg).admit(again ? { ...admission, deadline: 0 } : admission),
    context,
  );
  return standing === null
    ? await answerFor(room, "let in", context)
    : await answerFor(standing.line, "admitted", context);
}

/** A leg that was let in before stays so: the carrier asks twice, and its line may have gone meanwhile. */
async function turnAway(
  request: AnswerRequest,
  refusal: Refusal,
  context: AnswerContext,
): Promise<Answer> {
  const { leg } = request;
  if (leg !== null) {
    const { env, now } = context;
    const standing = await decided<LegOutcome>(
      leg,
      async () => await switchboardOf(env, leg).refuse(leg, refusal, now),
      context,
    );
    if (standing?.kind === "conference") return await answerFor(standing.line, "admitted", context);
  }
  return { ncco: refusalNcco(refusal), conference: null, outcome: refusal };
}

async function answerFor(
  room: Room,
  outcome: "admitted" | "let in",
  context: AnswerContext,
): Promise<Answer> {
  const recordingUrl = room.record === true ? await context.recordingUrl(room.conference) : null;
  const { holdMusicUrl } = context;
  const stay = {
    recordingUrl,
    holdMusicUrl,
    role: roleOf(room),
    others: null,
    operatorEnds: false,
  };
  return { ncco: conferenceNcco(room, stay), conference: room.conference, outcome };
}

/** How long the switchboard may still take, in milliseconds. */
function patience(now: number): number {
  return Math.max(0, Math.min(DECIDE_MS, now + ANSWER_MS - Date.now()));
}

/**
 * What the switchboard decides of a leg, or null where it does not in time: then the decision goes on behind the reply.
 * It knows a repetition by the leg.
 */
async function decided<T>(
  leg: string,
  decide: (again: boolean) => Promise<T>,
  { now, waitUntil }: AnswerContext,
): Promise<T | null> {
  const first = attempt(decide, false);
  try {
    return await within(patience(now), first);
  } catch (error) {
    log("decision goes on behind the reply", { leg, reason: reasonOf(error) });
    waitUntil(decideInTheEnd(leg, decide, first));
    return null;
  }
}

async function decideInTheEnd(
  leg: string,
  decide: (again: boolean) => Promise<unknown>,
  first: Promise<unknown>,
): Promise<void> {
  let latest = first;
  for (const pause of [...PAUSES_MS, null]) {
    try {
      await within(ATTEMPT_MS, latest);
      return;
    } catch (error) {
      if (pause === null) log("decision failed", { leg, reason: reasonOf(error) });
      if (pause === null) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    latest = attempt(decide, true);
  }
}

/** Even a stub that throws at once only fails. */
async function attempt<T>(decide: (again: boolean) => Promise<T>, again: boolean): Promise<T> {
  return await decide(again);
}

/** A new stub each time: one that has failed once may stay broken. */
function switchboardOf(env: Env, leg: string): DurableObjectStub<Switchboard> {
  return env.SWITCHBOARD.getByName(shardOf(leg));
}
