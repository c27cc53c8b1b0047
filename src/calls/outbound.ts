/** Outbound calls: the bridge has called somebody, who joins a conference or does not. */
import { outboxStub } from "../outbox/client.ts";
import { log, reasonOf } from "../lib/log.ts";
import { invitationNcco } from "../lines/speech/prompts.ts";
import type { Room } from "../lines/room.ts";
import type { AnswerRequest } from "../vonage/answer-request.ts";
import { admitCaller, refuseCaller, type Answer, type Caller } from "./admit.ts";
import type { CallContext } from "./context.ts";
import type { OutboundCall } from "./callback-urls/outbound-url.ts";
import { promptUrl, type PromptStep } from "./callback-urls/prompt-url.ts";

/** The answer to somebody whom we called and who picked up: the room, or the question whether they want to join. */
export async function answerOutbound(
  { leg, origin, regionUrl }: AnswerRequest,
  called: string,
  { conference, line, language, pressOne }: OutboundCall,
  context: CallContext,
): Promise<Answer> {
  const room = await roomFor(line, conference, language, context);
  // Without an id the answer to the invitation could not be told from another's.
  if (pressOne && leg === null) return await refuseCaller(leg, "not-joined", room, context);
  if (!pressOne || leg === null) {
    return await admitCaller(
      { leg, number: line, caller: called, origin, regionUrl },
      room,
      "guest",
      context,
    );
  }
  const step: PromptStep = {
    leg,
    line,
    kind: "join",
    attempt: 1,
    room: conference,
    region: regionUrl ?? "",
    language,
    caller: called,
    origin: origin ?? "",
  };
  const eventUrl = await promptUrl(context.baseUrl, step, context.secrets);
  return { ncco: invitationNcco(conference, eventUrl, room), conference: null, outcome: "asked" };
}

/** The answer to what somebody pressed at the invitation, empty where nothing: 1 joins, without the greeting. */
export async function answerInvitation(
  pressed: string,
  caller: Caller,
  { line, room: conference, language }: PromptStep,
  context: CallContext,
): Promise<Answer> {
  const room = await roomFor(line, conference, language, context);
  return pressed === "1"
    ? await admitCaller(caller, { ...room, greeting: "" }, "guest", context)
    : await refuseCaller(caller.leg, "not-joined", room, context);
}

/** Tells the outbox the leg and the status of a call that we made. Never throws: only the shown progress depends on it. */
export async function reportProgress(
  env: Env,
  { dial }: OutboundCall,
  leg: string,
  status: string | null,
): Promise<void> {
  try {
    await outboxStub(env).dialled(dial, leg, status);
  } catch (error) {
    log("outbox not told of a call", { leg, reason: reasonOf(error) });
  }
}

/** The conference with the rules of the line that the call came from; without rules where that line does not lead to it. */
async function roomFor(
  line: string,
  conference: string,
  language: string,
  context: CallContext,
): Promise<Room> {
  const found = await context.lookUpLine(line);
  const doors = found.kind === "line" ? [found.line.door, ...found.line.rooms.values()] : [];
  const room = doors.find((door) => door?.room.conference === conference)?.room ?? { conference };
  return language === "" ? room : { ...room, language };
}
