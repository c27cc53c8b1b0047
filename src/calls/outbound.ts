/** Calls that the bridge made itself: somebody is invited into a conference, and joins or does not. */
import { outboxStub } from "../outbox/client.ts";
import { log, reasonOf } from "../lib/log.ts";
import { maxParticipants, publicUrl, signatureSecrets } from "../config/settings.ts";
import { lookUpLine } from "../lines/kv/look-up.ts";
import { invitationNcco } from "../lines/speech/prompts.ts";
import type { Room } from "../lines/room.ts";
import type { AnswerRequest } from "../vonage/answer-request.ts";
import {
  admitCaller,
  refuseCaller,
  type Answer,
  type AnswerContext,
  type Caller,
} from "./admit.ts";
import { promptUrl, type PromptStep } from "./callback-urls/prompt-url.ts";
import { readSignedUrl, signedUrl } from "./callback-urls/signed-url.ts";

const PATHS = { answer: "/webhooks/dialled/answer", event: "/webhooks/dialled/event" } as const;
/** What came later stands last: the carrier may hold a URL from before. */
export const DIALLED_NAMES = ["conference", "dial", "line", "press", "language", "called"] as const;

/** What the URLs of a call that we made say, since its webhooks may come before the carrier's own reply. */
export interface Dialled {
  conference: string;
  /** Our id of the call. */
  dial: string;
  /** The number that it came from. */
  line: string;
  /** Whether they must press 1 to join, so that no voicemail talks over the room. */
  pressOne: boolean;
  /** Empty for the line's own. */
  language: string;
  /** Whom we called. */
  called: string;
}

export async function dialledUrl(
  webhook: keyof typeof PATHS,
  base: string,
  { conference, dial, line, pressOne, language, called }: Dialled,
  secrets: readonly string[],
): Promise<string> {
  const parameters = { conference, dial, line, press: pressOne ? "1" : "0", language, called };
  return await signedUrl(base, PATHS[webhook], parameters, secrets);
}

/** What such a URL says, or null where we did not write it. */
export async function dialledOf(url: string, secrets: readonly string[]): Promise<Dialled | null> {
  const read = await readSignedUrl(url, DIALLED_NAMES, secrets);
  if (read === null || read.conference === "" || read.dial === "") return null;
  const { press, ...rest } = read;
  return { ...rest, pressOne: press === "1" };
}

/** What somebody hears who was called and picked up. */
export async function answerOutbound(
  { leg, origin, regionUrl }: AnswerRequest,
  called: string,
  dialled: Dialled,
  context: AnswerContext,
): Promise<Answer> {
  const { conference, line, language, pressOne } = dialled;
  const room = await roomFor(line, conference, language, context);
  // Whose answer could not be told from another's cannot accept.
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
  const { env, url } = context;
  const secrets = signatureSecrets(env, new URL(url).hostname);
  const eventUrl = await promptUrl(publicUrl(env, url), step, secrets);
  return { ncco: invitationNcco(conference, eventUrl, room), conference: null, outcome: "asked" };
}

/** Somebody pressed 1, or something else, or nothing. Who accepts goes straight in. */
export async function answerInvitation(
  pressed: string,
  caller: Caller,
  { line, room: conference, language }: PromptStep,
  context: AnswerContext,
): Promise<Answer> {
  const room = await roomFor(line, conference, language, context);
  return pressed === "1"
    ? await admitCaller(caller, { ...room, greeting: "" }, "guest", context)
    : await refuseCaller(caller.leg, "not-joined", room, context);
}

/** Tells what is known of a call that was made. Nothing but its progress hangs on it. */
export async function reportDialled(
  env: Env,
  { dial }: Dialled,
  leg: string,
  status: string | null,
): Promise<void> {
  try {
    await outboxStub(env).dialled(dial, leg, status);
  } catch (error) {
    log("outbox not told of a call", { leg, reason: reasonOf(error) });
  }
}

/** The conference as the line leads to it that the call came from, with its rules; a plain one where it does not. */
async function roomFor(
  line: string,
  conference: string,
  language: string,
  { env }: AnswerContext,
): Promise<Room> {
  const found = await lookUpLine(env.LINES, line, maxParticipants(env));
  const doors = found.kind === "line" ? [found.line.door, ...found.line.rooms.values()] : [];
  const room = doors.find((door) => door?.room.conference === conference)?.room ?? { conference };
  return language === "" ? room : { ...room, language };
}
