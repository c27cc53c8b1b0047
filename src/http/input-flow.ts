/** What becomes of what a caller entered at a prompt: the room, the next question, or goodbye. */
import { log, reasonOf } from "../lib/log.ts";
import { maxParticipants, publicUrl, signatureSecrets } from "../lib/settings.ts";
import { doorFor, entryThrough, questionOf, roleFor } from "../lines/access.ts";
import type { Door, Line } from "../lines/line.ts";
import { lookUpLine } from "../lines/look-up.ts";
import { promptNcco, type Speech } from "../lines/prompts.ts";
import { enteredDigits, otherParty } from "../vonage/input.ts";
import { lineKey } from "../vonage/numbers.ts";
import { id } from "../vonage/fields.ts";
import type { Payload } from "../vonage/payload.ts";
import { answerInvitation } from "./dialled-flow.ts";
import { letIn, turnAway, type Answer, type AnswerContext, type Caller } from "./let-in.ts";
import { doorOf, MAX_TRIES, promptUrl, roomMark, type Step } from "./prompt-url.ts";

/** `payload`: the carrier's `input` event, of the very leg that `step` names. */
export async function continueCall(
  payload: Payload,
  step: Step,
  context: AnswerContext,
): Promise<Answer> {
  const { env } = context;
  const { leg, line: number } = step;
  const caller: Caller = {
    leg,
    number,
    caller: otherParty(payload, (party) => lineKey(party) === number),
    origin: id(payload["conversation_uuid"]),
    regionUrl: step.region === "" ? null : step.region,
  };
  const entered = enteredDigits(payload);
  if (step.kind === "join") return await answerInvitation(entered, caller, step, context);

  const found = await lookUpLine(env.LINES, number, maxParticipants(env));
  if (found.kind !== "line") return await turnAway(leg, "line-unavailable", {}, context);
  const { line } = found;
  if (entered !== "" && !(await mayTry(env, caller))) {
    return await turnAway(leg, "too-many-tries", line, context);
  }
  return step.kind === "code"
    ? await tryCode(entered, caller, line, step, context)
    : await tryPin(entered, caller, line, step, context);
}

/** The same prompt once more, for a carrier that could not hear our answer to what was entered. */
export async function askAgain(step: Step, context: AnswerContext): Promise<Answer> {
  const { env, url } = context;
  const found = await lookUpLine(env.LINES, step.line, maxParticipants(env));
  if (found.kind !== "line" || step.kind === "join") {
    return await turnAway(step.leg, "line-unavailable", {}, context);
  }
  const door = step.kind === "pin" ? await doorOf(found.line, step, secretsFor(env, url)) : null;
  return await ask(step, door, door?.room ?? found.line, true, context);
}

async function tryCode(
  code: string,
  caller: Caller,
  line: Line,
  step: Step,
  context: AnswerContext,
): Promise<Answer> {
  const door = doorFor(line, code);
  if (door === null) return await wrong(step, null, line, context);
  const entry = entryThrough(door);
  if (entry.kind === "open") return await letIn(caller, entry.room, entry.role, context);
  const room = await roomMark(step.line, line, code, secretsFor(context.env, context.url));
  return await ask({ ...step, kind: "pin", room }, door, door.room, true, context);
}

async function tryPin(
  pin: string,
  caller: Caller,
  line: Line,
  step: Step,
  context: AnswerContext,
): Promise<Answer> {
  const door = await doorOf(line, step, secretsFor(context.env, context.url));
  if (door === null) return await turnAway(step.leg, "line-unavailable", line, context);
  const role = roleFor(door, pin);
  return role === null
    ? await wrong(step, door, door.room, context)
    : await letIn(caller, door.room, role, context);
}

async function wrong(
  step: Step,
  door: Door | null,
  speech: Speech,
  context: AnswerContext,
): Promise<Answer> {
  if (step.attempt >= MAX_TRIES) return await turnAway(step.leg, "wrong-code", speech, context);
  return await ask({ ...step, attempt: step.attempt + 1 }, door, speech, false, context);
}

async function ask(
  step: Step,
  door: Door | null,
  speech: Speech,
  first: boolean,
  { env, url }: AnswerContext,
): Promise<Answer> {
  const question = questionOf(door === null ? { kind: "code" } : { kind: "pin", door });
  const eventUrl = await promptUrl(publicUrl(env, url), step, secretsFor(env, url));
  return {
    ncco: promptNcco(question, first, eventUrl, speech),
    conference: null,
    outcome: "asked",
  };
}

/**
 * Brakes guessing over many calls, by line and caller, so that a forged caller id locks nobody out for longer than the
 * brake's window. Before anything is compared: a brake that only counts what was wrong would tell what was right.
 */
async function mayTry(env: Env, { number, caller }: Caller): Promise<boolean> {
  try {
    return (await env.GUESSES.limit({ key: `${number} ${caller}` })).success;
  } catch (error) {
    log("guesses not counted", { reason: reasonOf(error) });
    return true;
  }
}

function secretsFor(env: Env, url: string): string[] {
  return signatureSecrets(env, new URL(url).hostname);
}
