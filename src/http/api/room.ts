/** What an operator does with a whole conference: speak to it, call people in, lock it, end it. */
import * as v from "valibot";
import { conferenceStub } from "../../conference/client.ts";
import { VOICE_KEYS, WebAddress } from "../../lines/parse/keys.ts";
import { languageTag } from "../../vonage/languages.ts";
import { MAX_SPOKEN_LENGTH, omitUndefined, spokenText, talk } from "../../vonage/ncco.ts";
import { dialOut } from "./dial-out.ts";
import { actOnAll } from "./participants.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { INVITATION } from "./requests/invitation.ts";
import { NO_OPTIONS, readBody } from "./requests/json-body.ts";
import { unspeakable } from "./requests/speakable.ts";

const TEXT_RULE = `must be text of 1 to ${MAX_SPOKEN_LENGTH} characters`;
const ANNOUNCEMENT = {
  text: v.pipe(
    v.string(TEXT_RULE),
    v.check((text) => spokenText(text).trim() !== "", TEXT_RULE),
    v.check((text) => spokenText(text).length <= MAX_SPOKEN_LENGTH, TEXT_RULE),
  ),
  language: v.optional(VOICE_KEYS.language),
  style: v.optional(VOICE_KEYS.style),
  premium: v.optional(VOICE_KEYS.premium),
};

export async function announce(c: ApiContext): Promise<Response> {
  const body = await readBody(c, ANNOUNCEMENT);
  if (!body.ok) return body.error;
  const { text, language, style, premium } = body.value;
  const refusal = unspeakable(c, { text, language });
  if (refusal !== null) return refusal;
  const voice = omitUndefined({ language: tagOf(language), style, premium });
  const deed = { kind: "talk", text: talk(text).text, ...voice } as const;
  return await actOnAll(c, await inside(c), deed, body.value);
}

export async function play(c: ApiContext): Promise<Response> {
  const body = await readBody(c, { url: WebAddress });
  if (!body.ok) return body.error;
  const deed = { kind: "stream", url: body.value.url } as const;
  return await actOnAll(c, await inside(c), deed, body.value);
}

export async function callIn(c: ApiContext): Promise<Response> {
  const body = await readBody(c, INVITATION);
  if (!body.ok) return body.error;
  const { language } = body.value;
  return (
    unspeakable(c, { language }) ?? (await dialOut(c, { ...body.value, language: tagOf(language) }))
  );
}

export async function end(c: ApiContext): Promise<Response> {
  return await onEverybody(c, "hangup");
}

/** Looks everybody up at the carrier. */
export async function reconcile(c: ApiContext): Promise<Response> {
  return await onEverybody(c, "look-up");
}

export async function lock(c: ApiContext): Promise<Response> {
  return await setLock(c, true);
}

export async function unlock(c: ApiContext): Promise<Response> {
  return await setLock(c, false);
}

async function onEverybody(c: ApiContext, kind: "hangup" | "look-up"): Promise<Response> {
  const body = await readBody(c, NO_OPTIONS);
  if (!body.ok) return body.error;
  const roster = await conferenceStub(c.env, c.var.conference).roster();
  return await actOnAll(c, roster, { kind }, body.value);
}

async function setLock(c: ApiContext, wanted: boolean): Promise<Response> {
  const body = await readBody(c, NO_OPTIONS);
  if (!body.ok) return body.error;
  const conference = conferenceStub(c.env, c.var.conference);
  await conference.lock(wanted);
  const { locked } = await conference.standing();
  return c.json({ locked });
}

/** The tag as the carrier writes it. */
function tagOf(language: string | undefined): string | undefined {
  return language === undefined ? undefined : (languageTag(language) ?? undefined);
}

/** Those who hear what is played to the room. */
async function inside(c: ApiContext) {
  const roster = await conferenceStub(c.env, c.var.conference).roster();
  return roster.filter(({ record }) => record.phase === "in");
}
