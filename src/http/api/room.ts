/** What an operator can do with a whole conference: say or play something, end it, lock it. */
import * as v from "valibot";
import { VOICE_KEYS, WebAddress } from "../../lines/parse/keys.ts";
import { omitUndefined, spokenText, MAX_SPOKEN_LENGTH, talk } from "../../vonage/ncco.ts";
import { commandLegs } from "./participants.ts";
import type { ApiContext } from "./requests/context.ts";
import { readBody } from "./requests/json-body.ts";
import { carrierLanguage, refuseUnspeakable } from "./requests/speakable.ts";

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

/** `POST /conferences/:name/announce` */
export async function announce(c: ApiContext): Promise<Response> {
  const body = await readBody(c, ANNOUNCEMENT);
  if (body instanceof Response) return body;
  const { text, language, style, premium } = body;
  const refusal = refuseUnspeakable(c, { text, language });
  if (refusal !== null) return refusal;
  const voice = omitUndefined({ language: carrierLanguage(language), style, premium });
  const command = { kind: "talk", text: talk(text).text, ...voice } as const;
  return await commandLegs(c, await inside(c), command, body);
}

/** `POST /conferences/:name/play` */
export async function play(c: ApiContext): Promise<Response> {
  const body = await readBody(c, { url: WebAddress });
  if (body instanceof Response) return body;
  return await commandLegs(c, await inside(c), { kind: "stream", url: body.url }, body);
}

/** `POST /conferences/:name/end` and `…/reconcile`: also for those who are only on their way in, or away. */
export function commandEverybody(kind: "hangup" | "look-up") {
  return async (c: ApiContext): Promise<Response> => {
    const body = await readBody(c, {});
    if (body instanceof Response) return body;
    return await commandLegs(c, await c.var.stub.roster(), { kind }, body);
  };
}

/** `POST /conferences/:name/lock` and `…/unlock` */
export function setLock(locks: boolean) {
  return async (c: ApiContext): Promise<Response> => {
    const body = await readBody(c, {});
    if (body instanceof Response) return body;
    await c.var.stub.lock(locks);
    const { locked } = await c.var.stub.standing();
    return c.json({ locked });
  };
}

/** Those who hear what is played to the room. */
async function inside(c: ApiContext) {
  const roster = await c.var.stub.roster();
  return roster.filter(({ record }) => record.phase === "in");
}
