/**
 * The bridge's flow for one caller: from the answer webhook to the NCCO, within one deadline, whatever fails. A caller
 * whose line is known is let in even if no Durable Object answers; the admission then goes on behind the reply.
 */
import { within } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import { lookUpLine } from "../lines/look-up.ts";
import type { Line } from "../lines/line.ts";
import { conferenceNcco, refusalNcco, type Refusal } from "../lines/prompts.ts";
import { shardOf } from "../switchboard/shard.ts";
import type { Admission } from "../switchboard/admission.ts";
import type { AnswerRequest } from "../vonage/answer-request.ts";
import type { Ncco } from "../vonage/ncco.ts";

/** The carrier waits five seconds by default, and asks a second time after that. */
const ANSWER_MS = 3_000;
const ADMIT_MS = 1_500;
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
}

export async function answerCall(request: AnswerRequest, context: AnswerContext): Promise<Answer> {
  const { env, now } = context;
  const found = await lookUpLine(env.LINES, request.number);
  switch (found.kind) {
    case "line":
      return await letIn(request, found.line, now + ANSWER_MS, context);
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

async function letIn(
  request: AnswerRequest,
  line: Line,
  deadline: number,
  context: AnswerContext,
): Promise<Answer> {
  const { leg, number, caller, origin } = request;
  // Without its id a leg cannot be followed; the caller wants in all the same.
  if (leg === null) return await answerFor(line, "let in", context);
  const patience = Math.max(0, Math.min(ADMIT_MS, deadline - Date.now()));
  const admission = {
    leg,
    line,
    number,
    caller,
    origin,
    at: context.now,
    deadline: Date.now() + patience,
  };
  const admitting = admit(context.env, admission);
  try {
    const standing = await within(patience, admitting);
    return await answerFor(standing.line, "admitted", context);
  } catch (error) {
    log("admission goes on behind the reply", {
      leg,
      conference: line.conference,
      reason: reasonOf(error),
    });
    context.waitUntil(admitInTheEnd(context.env, admission, admitting));
    return await answerFor(line, "let in", context);
  }
}

async function turnAway(
  request: AnswerRequest,
  refusal: Refusal,
  { env, now, waitUntil }: AnswerContext,
): Promise<Answer> {
  const { leg } = request;
  if (leg !== null) {
    const refusing = refuse(env, leg, refusal, now);
    // The caller need not wait for it; nobody is counted who was not admitted.
    waitUntil(
      refusing.then(
        () => undefined,
        (error) => log("refusal not recorded", { leg, reason: reasonOf(error) }),
      ),
    );
  }
  return { ncco: refusalNcco(refusal), conference: null, outcome: refusal };
}

async function answerFor(
  line: Line,
  outcome: "admitted" | "let in",
  context: AnswerContext,
): Promise<Answer> {
  const recordingUrl = line.record === true ? await context.recordingUrl(line.conference) : null;
  return { ncco: conferenceNcco(line, recordingUrl), conference: line.conference, outcome };
}

/** A new stub each time: one that has failed once may stay broken. */
async function admit(env: Env, admission: Admission): Promise<{ line: Line }> {
  return await env.SWITCHBOARD.getByName(shardOf(admission.leg)).admit(admission);
}

async function refuse(env: Env, leg: string, refusal: Refusal, now: number): Promise<void> {
  await env.SWITCHBOARD.getByName(shardOf(leg)).refuse(leg, refusal, now);
}

/** Sees an admission through that failed or is late. The switchboard knows a repetition by its leg. */
async function admitInTheEnd(
  env: Env,
  admission: Admission,
  first: Promise<unknown>,
): Promise<void> {
  let attempt = first;
  for (const pause of [...PAUSES_MS, null]) {
    try {
      await within(ATTEMPT_MS, attempt);
      return;
    } catch (error) {
      if (pause === null) log("admission failed", { leg: admission.leg, reason: reasonOf(error) });
      if (pause === null) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    // The caller is in already, whatever the conference would have said.
    attempt = admit(env, { ...admission, deadline: 0 });
  }
}
