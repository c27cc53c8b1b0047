/** What becomes of what a caller entered at a prompt: the room, the next question, or goodbye. */
import { maxParticipants, publicUrl, signatureSecrets } from "../config/settings.ts";
import { doorFor, entryThrough, questionOf, roleFor } from "../lines/parse/access.ts";
import type { Door } from "../lines/parse/line.ts";
import { lookUpLine, type LookUp } from "../lines/kv/look-up.ts";
import { promptNcco, type Speech } from "../lines/speech/prompts.ts";
import { callerIn, enteredDigits } from "../vonage/input.ts";
import { id } from "../vonage/fields.ts";
import type { Payload } from "../vonage/payload.ts";
import { answerInvitation } from "./outbound.ts";
import { tryEntry } from "./guess-brake.ts";
import {
  admitCaller,
  refuseCaller,
  type Answer,
  type AnswerContext,
  type Caller,
} from "./admit.ts";
import {
  doorOf,
  MAX_TRIES,
  promptUrl,
  roomMark,
  type PromptStep,
} from "./callback-urls/prompt-url.ts";

type FoundLine = Extract<LookUp, { kind: "line" }>;

/** `payload`: the carrier's `input` event, of the very leg that `asked` names. */
export async function continueCall(
  payload: Payload,
  asked: PromptStep,
  context: AnswerContext,
): Promise<Answer> {
  const { env } = context;
  const { leg, line: number, region } = asked;
  // Kept from now on also for who was asked before URLs said it.
  const step: PromptStep = {
    ...asked,
    caller: callerIn(payload, number, asked.caller),
    origin: asked.origin || (id(payload["conversation_uuid"]) ?? ""),
  };
  const caller: Caller = {
    leg,
    number,
    caller: step.caller,
    origin: step.origin || null,
    regionUrl: region || null,
  };
  const entered = enteredDigits(payload);
  if (step.kind === "join") return await answerInvitation(entered, caller, step, context);

  const found = await lookUpLine(env.LINES, number, maxParticipants(env));
  if (found.kind !== "line") return await refuseCaller(leg, "line-unavailable", {}, context);
  return step.kind === "code"
    ? await tryCode(entered, caller, found, step, context)
    : await tryPin(entered, caller, found, step, context);
}

/** The same prompt once more, for a carrier that could not hear our answer to what was entered. */
export async function repeatPrompt(step: PromptStep, context: AnswerContext): Promise<Answer> {
  const { env, url } = context;
  const found = await lookUpLine(env.LINES, step.line, maxParticipants(env));
  if (found.kind !== "line" || step.kind === "join") {
    return await refuseCaller(step.leg, "line-unavailable", {}, context);
  }
  const door = step.kind === "pin" ? await doorOf(found.line, step, secretsFor(env, url)) : null;
  return await ask(step, door, door?.room ?? found.line, true, context);
}

async function tryCode(
  code: string,
  caller: Caller,
  { key, line }: FoundLine,
  step: PromptStep,
  context: AnswerContext,
): Promise<Answer> {
  const guesser = { line: key, caller: step.caller };
  const tried = tryEntry(code, guesser, () => doorFor(line, code), context);
  if (tried.kind === "braked") return await refuseCaller(step.leg, "too-many-tries", line, context);
  if (tried.kind === "wrong") return await wrong(step, null, line, context);
  const door = tried.value;
  const entry = entryThrough(door);
  if (entry.kind === "open") return await admitCaller(caller, entry.room, entry.role, context);
  const room = await roomMark(step.line, line, code, secretsFor(context.env, context.url));
  return await ask({ ...step, kind: "pin", room }, door, door.room, true, context);
}

async function tryPin(
  pin: string,
  caller: Caller,
  { key, line }: FoundLine,
  step: PromptStep,
  context: AnswerContext,
): Promise<Answer> {
  const door = await doorOf(line, step, secretsFor(context.env, context.url));
  if (door === null) return await refuseCaller(step.leg, "line-unavailable", line, context);
  const guesser = { line: key, caller: step.caller };
  const tried = tryEntry(pin, guesser, () => roleFor(door, pin), context);
  if (tried.kind === "braked") return await refuseCaller(step.leg, "too-many-tries", line, context);
  return tried.kind === "wrong"
    ? await wrong(step, door, door.room, context)
    : await admitCaller(caller, door.room, tried.value, context);
}

async function wrong(
  step: PromptStep,
  door: Door | null,
  speech: Speech,
  context: AnswerContext,
): Promise<Answer> {
  if (step.attempt >= MAX_TRIES) return await refuseCaller(step.leg, "wrong-code", speech, context);
  return await ask({ ...step, attempt: step.attempt + 1 }, door, speech, false, context);
}

async function ask(
  step: PromptStep,
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

function secretsFor(env: Env, url: string): string[] {
  return signatureSecrets(env, new URL(url).hostname);
}
