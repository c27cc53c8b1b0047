/** What an operator can do with a conference and those who are in it. Mounted at the conference's path. */
import { conferenceStub } from "../../conference/client.ts";
import { Hono } from "hono";
import * as v from "valibot";
import { Flag, VOICE_KEYS, WebAddress } from "../../lines/parse/keys.ts";
import { languageTag } from "../../vonage/languages.ts";
import { omitUndefined, spokenText, MAX_SPOKEN_LENGTH, talk } from "../../vonage/ncco.ts";
import { requireCredentials } from "./carrier-needed.ts";
import { dialOut } from "./dial-out.ts";
import { INVITATION } from "./invitation.ts";
import { actOnAll, actOnGuests, actOnLeg } from "./participants.ts";
import { readBody } from "./json-body.ts";
import type { NamedEnv } from "./middleware.ts";
import { unspeakable } from "./unspeakable.ts";

const NO_OPTIONS = {};
const HANG_UP = { ban: v.optional(Flag) };
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

export function operatorApi(): Hono<NamedEnv> {
  const app = new Hono<NamedEnv>();

  for (const action of ["mute", "unmute", "earmuff", "unearmuff"] as const) {
    app.post(`/participants/:leg/${action}`, requireCredentials, async (c) => {
      const body = await readBody(c, NO_OPTIONS);
      return body.ok ? await actOnLeg(c, c.req.param("leg"), action, body.value) : body.error;
    });
    app.post(`/guests/${action}`, requireCredentials, async (c) => {
      const body = await readBody(c, NO_OPTIONS);
      return body.ok ? await actOnGuests(c, action, body.value) : body.error;
    });
  }

  app.post("/participants/:leg/hangup", requireCredentials, async (c) => {
    const body = await readBody(c, HANG_UP);
    return body.ok ? await actOnLeg(c, c.req.param("leg"), "hangup", body.value) : body.error;
  });

  app.post("/guests/hangup", requireCredentials, async (c) => {
    const body = await readBody(c, HANG_UP);
    return body.ok ? await actOnGuests(c, "hangup", body.value) : body.error;
  });

  app.post("/announce", requireCredentials, async (c) => {
    const body = await readBody(c, ANNOUNCEMENT);
    if (!body.ok) return body.error;
    const { text, language, style, premium } = body.value;
    const refusal = unspeakable(c, { text, language });
    if (refusal !== null) return refusal;
    const voice = omitUndefined({ language: tagOf(language), style, premium });
    const deed = { kind: "talk", text: talk(text).text, ...voice } as const;
    return await actOnAll(c, await inside(c.env, c.var.conference), deed, body.value);
  });

  app.post("/play", requireCredentials, async (c) => {
    const body = await readBody(c, { url: WebAddress });
    if (!body.ok) return body.error;
    const deed = { kind: "stream", url: body.value.url } as const;
    return await actOnAll(c, await inside(c.env, c.var.conference), deed, body.value);
  });

  for (const [route, kind] of [
    ["/end", "hangup"],
    ["/reconcile", "look-up"],
  ] as const) {
    app.post(route, requireCredentials, async (c) => {
      const body = await readBody(c, NO_OPTIONS);
      if (!body.ok) return body.error;
      const roster = await conferenceStub(c.env, c.var.conference).roster();
      return await actOnAll(c, roster, { kind }, body.value);
    });
  }

  for (const [route, wanted] of [
    ["/lock", true],
    ["/unlock", false],
  ] as const) {
    app.post(route, async (c) => {
      const body = await readBody(c, NO_OPTIONS);
      if (!body.ok) return body.error;
      const conference = conferenceStub(c.env, c.var.conference);
      await conference.lock(wanted);
      const { locked } = await conference.standing();
      return c.json({ locked });
    });
  }

  app.post("/participants", requireCredentials, async (c) => {
    const body = await readBody(c, INVITATION);
    if (!body.ok) return body.error;
    const { language } = body.value;
    return (
      unspeakable(c, { language }) ??
      (await dialOut(c, { ...body.value, language: tagOf(language) }))
    );
  });

  return app;
}

function tagOf(language: string | undefined): string | undefined {
  return language === undefined ? undefined : (languageTag(language) ?? undefined);
}

/** Those who hear what is played to the room. */
async function inside(env: Env, conference: string) {
  const roster = await conferenceStub(env, conference).roster();
  return roster.filter(({ record }) => record.phase === "in");
}
