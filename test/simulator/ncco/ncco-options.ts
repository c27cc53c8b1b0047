/**
 * The option table of each action (Vonage Voice API, NCCO reference). Where documents disagree, the stricter reading
 * stands: real booleans, arrays for URLs, and a `wait` of whole seconds from 2 to 60.
 */
import {
  arrayOf,
  bool,
  isObject,
  numberBetween,
  object,
  objectOf,
  oneOf,
  oneUrl,
  text,
  texts,
  textUpTo,
  wholeBetween,
} from "./option-checks.ts";
import type { Check, Table } from "./option-checks.ts";
import { isSpeakable } from "./markup.ts";
import { LANGUAGES } from "../rest/requests/languages.ts";

/** The limit counts what is spoken, so SSML tags are free. */
const MAX_SPOKEN_CHARACTERS = 1500;

/** The Conversation API's limit; the NCCO reference names none. */
const MAX_NAME_CHARACTERS = 100;

/** The longest call, and so the longest anything, in seconds. */
const MAX_SECONDS = 7200;

const level = numberBetween(-1, 1);
const loop = wholeBetween(0, Number.MAX_SAFE_INTEGER);
const method = oneOf("GET", "POST");

const spoken: Check = (value) => {
  if (typeof value !== "string" || value === "") return text(value);
  const isSsml = value.startsWith("<speak>") && value.endsWith("</speak>");
  if (!isSsml && /[<>]/.test(value)) return "has tags outside of <speak>";
  if (!isSpeakable(value)) return "is no well-formed SSML";
  const characters = value.replace(/<[^>]*>/g, "").length;
  return characters <= MAX_SPOKEN_CHARACTERS ? null : `is longer than ${MAX_SPOKEN_CHARACTERS}`;
};

const voice: Check = (value) =>
  LANGUAGES.some((tag) => tag === value)
    ? null
    : "must be a language that the carrier's voices speak";

const transcription = objectOf({
  required: [],
  checks: { language: text, eventUrl: oneUrl, eventMethod: method, sentimentAnalysis: bool },
});

const audible = { canSpeak: texts, canHear: texts, mute: bool };

function muteAlone({ mute, canSpeak }: Record<string, unknown>): string[] {
  return mute === true && canSpeak !== undefined ? ["mute is not allowed with canSpeak"] : [];
}

const talk: Table = {
  required: ["text"],
  checks: {
    text: spoken,
    bargeIn: bool,
    loop,
    level,
    language: voice,
    style: wholeBetween(0, 1000),
    premium: bool,
  },
};

const stream: Table = {
  required: ["streamUrl"],
  checks: { streamUrl: oneUrl, level, bargeIn: bool, loop },
};

const wait: Table = { required: [], checks: { timeout: wholeBetween(2, 60) } };

const input: Table = {
  required: ["type"],
  checks: {
    type: arrayOf(oneOf("dtmf", "speech"), 1, 2),
    dtmf: objectOf({
      required: [],
      checks: {
        timeOut: numberBetween(0, 10),
        maxDigits: wholeBetween(1, 20),
        submitOnHash: bool,
      },
    }),
    speech: objectOf({
      required: [],
      checks: {
        uuid: arrayOf(text, 1, 1),
        endOnSilence: numberBetween(0.4, 10),
        language: text,
        context: texts,
        startTimeout: numberBetween(1, 60),
        maxDuration: numberBetween(1, 60),
        saveAudio: bool,
        sensitivity: numberBetween(10, 100),
      },
    }),
    eventUrl: oneUrl,
    eventMethod: method,
    mode: oneOf("synchronous", "asynchronous"),
  },
  together: ({ mode, dtmf }) =>
    mode === "asynchronous" && dtmf !== undefined && Object.keys(dtmf ?? {}).length > 0
      ? ["dtmf settings must be blank with mode asynchronous"]
      : [],
};

const record: Table = {
  required: [],
  checks: {
    format: oneOf("mp3", "wav", "ogg"),
    split: oneOf("conversation"),
    channels: wholeBetween(1, 32),
    endOnSilence: numberBetween(3, 10),
    endOnKey: textUpTo(1),
    timeOut: wholeBetween(3, MAX_SECONDS),
    beepStart: bool,
    eventUrl: oneUrl,
    eventMethod: method,
    transcription,
  },
};

const notify: Table = {
  required: ["payload", "eventUrl"],
  checks: { payload: object, eventUrl: oneUrl, eventMethod: method },
};

const ENDPOINT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  phone: ["number"],
  app: ["user"],
  websocket: ["uri", "content-type"],
  sip: ["uri"],
  vbc: ["extension"],
};

const endpoint: Check = (value) => {
  if (!isObject(value)) return object(value);
  const required = ENDPOINT_FIELDS[String(value["type"])];
  if (required === undefined) return `has the unknown type ${JSON.stringify(value["type"])}`;
  const missing = required.filter((field) => text(value[field]) !== null);
  if (missing.length > 0) return `needs ${missing.join(" and ")}`;
  return value["type"] === "phone" && !/^\d{7,15}$/.test(String(value["number"]))
    ? "has a number that is not 7 to 15 digits"
    : null;
};

const connect: Table = {
  required: ["endpoint"],
  checks: {
    endpoint: arrayOf(endpoint, 1, 1),
    from: text,
    randomFromNumber: bool,
    eventType: oneOf("synchronous"),
    timeout: wholeBetween(1, 120),
    limit: wholeBetween(1, MAX_SECONDS),
    machineDetection: oneOf("continue", "hangup"),
    advancedMachineDetection: object,
    eventUrl: oneUrl,
    eventMethod: method,
    ringbackTone: text,
  },
  together: ({ from, randomFromNumber }) =>
    from !== undefined && randomFromNumber === true
      ? ["from is not allowed with randomFromNumber"]
      : [],
};

const conversation: Table = {
  required: ["name"],
  checks: {
    name: textUpTo(MAX_NAME_CHARACTERS),
    musicOnHoldUrl: oneUrl,
    startOnEnter: bool,
    endOnExit: bool,
    record: bool,
    ...audible,
    eventUrl: oneUrl,
    eventMethod: method,
    transcription,
  },
  together: (options) => [
    ...muteAlone(options),
    ...(options["transcription"] !== undefined && options["record"] !== true
      ? ["transcription needs record"]
      : []),
  ],
};

const transfer: Table = {
  required: ["conversationId"],
  checks: {
    conversationId: (value) =>
      /^CON-./.test(String(value)) ? null : "must be a conversation's id, CON-…",
    ...audible,
  },
  together: muteAlone,
};

/** By action name. An action without a table is refused, as the platform refuses what it does not know. */
export const ACTION_OPTIONS: ReadonlyMap<string, Table> = new Map(
  Object.entries({
    talk,
    stream,
    wait,
    input,
    record,
    notify,
    connect,
    conversation,
    transfer,
  }),
);
