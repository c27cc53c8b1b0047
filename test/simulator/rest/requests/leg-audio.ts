/** The bodies that play something into one leg (Vonage Voice API 1.10.0, startTalk, startStream and startDTMF). */
import * as v from "valibot";
import { accept, refuseParameters } from "./command.ts";
import type { CommandResult } from "./command.ts";
import { Level, Natural, OneUrl, readBody, Text } from "./fields.ts";
import { isSpeakable } from "../../ncco/markup.ts";
import { LANGUAGES } from "./languages.ts";

/** The NCCO reference's limit; the specification of the REST side names none. */
const MAX_SPOKEN_CHARACTERS = 1500;

const TalkBody = v.strictObject({
  text: v.pipe(
    Text,
    v.check(
      (text) => text.replaceAll(/<[^>]*>/g, "").length <= MAX_SPOKEN_CHARACTERS,
      `must not be longer than ${MAX_SPOKEN_CHARACTERS}`,
    ),
    v.check(isSpeakable, "must be well-formed SSML"),
  ),
  language: v.exactOptional(v.picklist(LANGUAGES, "must be a language that the carrier speaks")),
  style: v.exactOptional(Natural),
  premium: v.exactOptional(v.boolean()),
  /** Deprecated. Its names are not checked. */
  voice_name: v.exactOptional(Text),
  loop: v.exactOptional(Natural),
  level: v.exactOptional(Level),
});

const StreamBody = v.strictObject({
  stream_url: OneUrl,
  loop: v.exactOptional(Natural),
  level: v.exactOptional(Level),
});

const DtmfBody = v.strictObject({
  // `p` is a pause (DTMF guide).
  digits: v.pipe(v.string(), v.regex(/^[0-9*#p]+$/, "must be DTMF digits")),
});

export function readTalk(uuid: string, body: string): CommandResult {
  const fields = readBody(TalkBody, body);
  if (!fields.ok) return refuseParameters(fields.parameters);
  const { text, language, loop } = fields.value;
  const talk = {
    text,
    ...(language === undefined ? {} : { language }),
    ...(loop === undefined ? {} : { loop }),
  };
  return accept({ kind: "talk", uuid, talk });
}

export function readStream(uuid: string, body: string): CommandResult {
  const fields = readBody(StreamBody, body);
  if (!fields.ok) return refuseParameters(fields.parameters);
  const { stream_url: url, loop } = fields.value;
  return accept({ kind: "stream", uuid, stream: { url, ...(loop === undefined ? {} : { loop }) } });
}

export function readDtmf(uuid: string, body: string): CommandResult {
  const fields = readBody(DtmfBody, body);
  if (!fields.ok) return refuseParameters(fields.parameters);
  return accept({ kind: "dtmf", uuid, digits: fields.value.digits });
}
