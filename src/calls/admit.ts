/**
 * How a caller whose room is known gets into it, whatever fails: let in even if no Durable Object answers, unless the
 * room is strict. The admission then goes on behind the reply.
 */
import { switchboardStub } from "../switchboard/client.ts";
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import { credentials, publicUrl, signatureSecrets } from "../config/settings.ts";
import { conferenceNcco, refusalNcco, type Refusal, type Speech } from "../lines/speech/prompts.ts";
import type { Role, Room } from "../lines/room.ts";
import type { Admission, Admitted, Refused } from "../switchboard/admission.ts";
import type { Ncco } from "../vonage/ncco.ts";
import { holdMusicUrl } from "./callback-urls/hold-music-url.ts";
import { recordingUrl } from "./callback-urls/recording-url.ts";

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
  /** `admitted`; `let in` where the switchboard did not answer in time; `asked` for something first; or why not. */
  outcome: "admitted" | "let in" | "asked" | Refusal;
}

export interface AnswerContext {
  env: Env;
  /** The URL of the webhook. */
  url: string;
  /** When the webhook came, in milliseconds since the epoch. */
  now: number;
  /** Whether nothing but the carrier's token speaks for it: it came by GET with a hash that no rule explains. */
  unexplained: boolean;
  waitUntil: (work: Promise<unknown>) => void;
}

/** Who calls. */
export type Caller = Pick<Admission, "number" | "caller" | "origin" | "regionUrl"> & {
  /** Null where the carrier left it out: the caller can be let in, but not followed. */
  leg: string | null;
};

export async function admitCaller(
  { leg, ...who }: Caller,
  room: Room,
  role: Role,
  context: AnswerContext,
): Promise<Answer> {
  // Without its id a leg cannot be followed, nor its conference asked; the caller wants in all the same.
  if (leg === null) return await answerUnasked(room, role, context);
  const { env, now, unexplained } = context;
  const deadline = Date.now() + patience(now);
  const operatorEnds = credentials(env) !== null;
  const admission = { leg, ...who, room, role, operatorEnds, unexplained, at: now, deadline };
  const admitted = await decided(
    leg,
    // Once the caller was told, the conference need not be asked any more.
    (again) => switchboardStub(env, leg).admit(again ? { ...admission, deadline: 0 } : admission),
    context,
  );
  if (admitted !== null) return await answerAs(admitted, role, context);
  return await answerUnasked(room, role, context);
}

async function answerUnasked(room: Room, role: Role, context: AnswerContext): Promise<Answer> {
  return room.strict === true
    ? refused("line-unavailable", room)
    : await answerFor(room, role, null, "let in", context);
}

/** What a caller hears whose leg was sent to a conference, which says whether they get in. */
async function answerAs(
  { outcome, entrance }: Admitted,
  otherwise: Role,
  context: AnswerContext,
): Promise<Answer> {
  // A switchboard that still runs the release before calls the room `line`.
  const { role, room = outcome.line } = outcome;
  const unknown = room.strict === true ? "unavailable" : null;
  const denied = entrance === null ? unknown : entrance.denied;
  if (denied !== null) return refused(denied === "unavailable" ? "line-unavailable" : denied, room);
  const others = entrance?.others ?? null;
  return await answerFor(room, role ?? otherwise, others, "admitted", context);
}

/**
 * A leg that was sent to a conference before hears what it heard then: the carrier asks twice, and its line may have gone
 * meanwhile.
 */
export async function refuseCaller(
  leg: string | null,
  refusal: Refusal,
  speech: Speech,
  context: AnswerContext,
): Promise<Answer> {
  if (leg !== null) {
    const { env, now } = context;
    const standing = await decided<Refused>(
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

async function answerFor(
  room: Room,
  role: Role,
  others: number | null,
  outcome: "admitted" | "let in",
  { env, url }: AnswerContext,
): Promise<Answer> {
  const base = publicUrl(env, url);
  const secrets = signatureSecrets(env, new URL(url).hostname);
  const { conference } = room;
  const ncco = conferenceNcco(room, {
    recordingUrl: room.record === true ? await recordingUrl(base, conference, secrets) : null,
    holdMusicUrl: holdMusicUrl(base),
    role,
    others,
    operatorEnds: credentials(env) !== null,
  });
  return { ncco, conference, outcome };
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
    return await withTimeout(patience(now), first);
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

/** Even a stub that throws at once only fails. */
async function attempt<T>(decide: (again: boolean) => Promise<T>, again: boolean): Promise<T> {
  return await decide(again);
}
