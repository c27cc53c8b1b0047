/** Prompts: what a caller entered leads to a room, to the next question, or to a refusal. */
import { doorFor, entryThrough, questionOf, roleFor } from "../lines/parse/access.ts";
import type { Door } from "../lines/parse/line.ts";
import type { LookUp } from "../lines/kv/look-up.ts";
import { promptNcco, type Speech } from "../lines/speech/prompts.ts";
import { callerIn, enteredDigits } from "../vonage/input.ts";
import { id } from "../vonage/fields.ts";
import type { Payload } from "../vonage/payload.ts";
import { answerInvitation } from "./outbound.ts";
import { checkEntry } from "./guess-limit.ts";
import { admitCaller, refuseCaller, type Answer, type Caller } from "./admit.ts";
import type { CallContext } from "./context.ts";
import {
  doorOf,
  MAX_TRIES,
  promptUrl,
  roomToken,
  type PromptStep,
} from "./callback-urls/prompt-url.ts";

type FoundLine = Extract<LookUp, { kind: "line" }>;

/** `payload`: the carrier's `input` event, of the same leg that `asked` names. */
export async function continueCall(
  payload: Payload,
  asked: PromptStep,
  context: CallContext,
): Promise<Answer> {
  const { leg, line: number, region } = asked;
  // A URL from before a deploy may lack the caller and the origin: then the event names them, and the next URL holds them.
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

  const found = await context.lookUpLine(number);
  if (found.kind !== "line") return await refuseCaller(leg, "line-unavailable", {}, context);
  return step.kind === "code"
    ? await tryCode(entered, caller, found, step, context)
    : await tryPin(entered, caller, found, step, context);
}

/** The same prompt again, for a carrier that did not get our answer to what was entered. */
export async function repeatPrompt(step: PromptStep, context: CallContext): Promise<Answer> {
  const found = await context.lookUpLine(step.line);
  if (found.kind !== "line" || step.kind === "join") {
    return await refuseCaller(step.leg, "line-unavailable", {}, context);
  }
  const door = step.kind === "pin" ? await doorOf(found.line, step, context.secrets) : null;
  return await ask(step, door, door?.room ?? found.line, true, context);
}

async function tryCode(
  code: string,
  caller: Caller,
  { key, line }: FoundLine,
  step: PromptStep,
  context: CallContext,
): Promise<Answer> {
  const guesser = { line: key, caller: step.caller };
  const checked = checkEntry(code, guesser, () => doorFor(line, code), context);
  if (checked.kind === "limited") {
    return await refuseCaller(step.leg, "too-many-tries", line, context);
  }
  if (checked.kind === "wrong") return await wrong(step, null, line, context);
  const door = checked.value;
  const entry = entryThrough(door);
  if (entry.kind === "open") return await admitCaller(caller, entry.room, entry.role, context);
  const room = await roomToken(step.line, line, code, context.secrets);
  return await ask({ ...step, kind: "pin", room }, door, door.room, true, context);
}

async function tryPin(
  pin: string,
  caller: Caller,
  { key, line }: FoundLine,
  step: PromptStep,
  context: CallContext,
): Promise<Answer> {
  const door = await doorOf(line, step, context.secrets);
  if (door === null) return await refuseCaller(step.leg, "line-unavailable", line, context);
  const guesser = { line: key, caller: step.caller };
  const checked = checkEntry(pin, guesser, () => roleFor(door, pin), context);
  if (checked.kind === "limited") {
    return await refuseCaller(step.leg, "too-many-tries", line, context);
  }
  return checked.kind === "wrong"
    ? await wrong(step, door, door.room, context)
    : await admitCaller(caller, door.room, checked.value, context);
}

async function wrong(
  step: PromptStep,
  door: Door | null,
  speech: Speech,
  context: CallContext,
): Promise<Answer> {
  if (step.attempt >= MAX_TRIES) return await refuseCaller(step.leg, "wrong-code", speech, context);
  return await ask({ ...step, attempt: step.attempt + 1 }, door, speech, false, context);
}

async function ask(
  step: PromptStep,
  door: Door | null,
  speech: Speech,
  first: boolean,
  { baseUrl, secrets }: CallContext,
): Promise<Answer> {
  const question = questionOf(door === null ? { kind: "code" } : { kind: "pin", door });
  const eventUrl = await promptUrl(baseUrl, step, secrets);
  return {
    ncco: promptNcco(question, first, eventUrl, speech),
    conference: null,
    outcome: "asked",
  };
}
