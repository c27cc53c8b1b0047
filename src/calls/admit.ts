/**
 * Admits a caller whose room is known. If no Durable Object answers in time, the caller is let in all the same, unless the
 * room is strict, and the admission is retried after the reply.
 */
import { switchboardStub } from "../switchboard/client.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import { refusalNcco, type Refusal, type Speech } from "../lines/speech/prompts.ts";
import type { Role, Room } from "../lines/room.ts";
import type { Admission, Admitted, Refused } from "../switchboard/admission.ts";
import type { Ncco } from "../vonage/ncco.ts";
import type { CallContext } from "./context.ts";
import { roomNcco } from "./room-ncco.ts";

/** The time for the whole answer. The carrier waits five seconds by default, then asks a second time. */
const ANSWER_MS = 3_000;
/** The part of `ANSWER_MS` that the switchboard may take. */
const DECIDE_MS = 1_500;
/**
 * One attempt after the reply. Four attempts with their pauses stay below the thirty seconds for which the platform keeps
 * work alive after a reply.
 */
const ATTEMPT_MS = 5_000;
const PAUSES_MS = [250, 1_000, 3_000];

/** What a caller hears, and what is logged about it. */
export interface Answer {
  ncco: Ncco;
  conference: string | null;
  /**
   * `admitted`: by the switchboard; `let in`: the switchboard did not answer in time; `asked`: for a code, a PIN or a key;
   * otherwise the reason of the refusal.
   */
  outcome: "admitted" | "let in" | "asked" | Refusal;
}

/** Who calls. */
export type Caller = Pick<Admission, "number" | "caller" | "origin" | "regionUrl"> & {
  /** Null where the carrier left it out: the caller can be let in, but not tracked. */
  leg: string | null;
};

export async function admitCaller(
  { leg, ...who }: Caller,
  room: Room,
  role: Role,
  context: CallContext,
): Promise<Answer> {
  // Without an id the leg has no switchboard that could admit it. The caller is not to blame, and is let in.
  if (leg === null) return await answerUnchecked(room, role, context);
  const { env, now, unexplained, actsOnCalls: operatorEnds } = context;
  const deadline = Date.now() + patience(now);
  const admission = { leg, ...who, room, role, operatorEnds, unexplained, at: now, deadline };
  const admitted = await decideInTime(
    leg,
    // A retry comes after the reply, when a refusal cannot reach the caller any more: the past deadline says so.
    (again) => switchboardStub(env, leg).admit(again ? { ...admission, deadline: 0 } : admission),
    context,
  );
  if (admitted !== null) return await answerAs(admitted, role, context);
  return await answerUnchecked(room, role, context);
}

/** The answer where no Durable Object has decided. */
async function answerUnchecked(room: Room, role: Role, context: CallContext): Promise<Answer> {
  return room.strict === true
    ? refused("line-unavailable", room)
    : await join(room, role, null, "let in", context);
}

/** The answer where the switchboard has sent the leg to a conference, according to what the conference says. */
async function answerAs(
  { outcome, entrance }: Admitted,
  otherwise: Role,
  context: CallContext,
): Promise<Answer> {
  // A switchboard that still runs the release before calls the room `line`.
  const { role, room = outcome.line } = outcome;
  const unknown = room.strict === true ? "unavailable" : null;
  const denied = entrance === null ? unknown : entrance.denied;
  if (denied !== null) return refused(denied === "unavailable" ? "line-unavailable" : denied, room);
  const others = entrance?.others ?? null;
  return await join(room, role ?? otherwise, others, "admitted", context);
}

/**
 * Refuses a caller, unless the leg was sent to a conference before: the carrier may ask twice, and the line may have been
 * deleted in between. Then the first answer is given again.
 */
export async function refuseCaller(
  leg: string | null,
  refusal: Refusal,
  speech: Speech,
  context: CallContext,
): Promise<Answer> {
  if (leg !== null) {
    const { env, now } = context;
    const standing = await decideInTime<Refused>(
      leg,
      async () => await switchboardStub(env, leg).refuse(leg, refusal, now),
      context,
    );
    if (standing !== null && "entrance" in standing) {
      return await answerAs(standing, "guest", context);
    }
  }
  return refused(refusal, speech);
}

function refused(refusal: Refusal, speech: Speech): Answer {
  return { ncco: refusalNcco(refusal, speech), conference: null, outcome: refusal };
}

async function join(
  room: Room,
  role: Role,
  others: number | null,
  outcome: "admitted" | "let in",
  context: CallContext,
): Promise<Answer> {
  const ncco = await roomNcco(room, { role, others }, context, context.secrets);
  return { ncco, conference: room.conference, outcome };
}

/** How long the switchboard may take from now on, in milliseconds. */
function patience(now: number): number {
  return Math.max(0, Math.min(DECIDE_MS, now + ANSWER_MS - Date.now()));
}

/**
 * The switchboard's decision on a leg; null where it takes too long: then it is retried after the reply. A retry is safe,
 * since the switchboard decides at most once per leg.
 */
async function decideInTime<T>(
  leg: string,
  decide: (again: boolean) => Promise<T>,
  { now, waitUntil }: CallContext,
): Promise<T | null> {
  const first = attempt(decide, false);
  try {
    return await withTimeout(patience(now), first);
  } catch (error) {
    log("decision goes on behind the reply", { leg, reason: reasonOf(error) });
    waitUntil(retryDecision(leg, decide, first));
    return null;
  }
}

async function retryDecision(
  leg: string,
  decide: (again: boolean) => Promise<unknown>,
  first: Promise<unknown>,
): Promise<void> {
  let latest = first;
  for (const pause of [...PAUSES_MS, null]) {
    try {
      await withTimeout(ATTEMPT_MS, latest);
      return;
    } catch (error) {
      if (pause === null) log("decision failed", { leg, reason: reasonOf(error) });
      if (pause === null) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    latest = attempt(decide, true);
  }
}

/** Turns what a stub throws synchronously into a rejection. */
async function attempt<T>(decide: (again: boolean) => Promise<T>, again: boolean): Promise<T> {
  return await decide(again);
}
