/**
 * The option table of each action that this carrier plays (Vonage Voice API, NCCO reference). Where documents disagree,
 * the stricter reading stands: real booleans, and arrays for URLs.
 */

/** What is wrong with an option's value, or null. */
type Check = (value: unknown) => string | null;

interface ActionTable {
  readonly required: readonly string[];
  readonly checks: ReadonlyMap<string, Check>;
  /** What is wrong with options that are fine one by one. */
  readonly together: (options: Record<string, unknown>) => string[];
}

/** The limit counts what is spoken, so SSML tags are free. */
const MAX_SPOKEN_CHARACTERS = 1500;

/** The Conversation API's limit; the NCCO reference names none. */
const MAX_NAME_CHARACTERS = 100;

const bool: Check = (value) => (typeof value === "boolean" ? null : "must be true or false");

const text: Check = (value) =>
  typeof value === "string" && value !== "" ? null : "must be a text that is not empty";

const whole: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0
    ? null
    : "must be a whole number from 0";

const level: Check = (value) =>
  typeof value === "number" && value >= -1 && value <= 1 ? null : "must be a number from -1 to 1";

const legs: Check = (value) =>
  Array.isArray(value) && value.every((leg) => typeof leg === "string")
    ? null
    : "must be an array of leg ids";

const oneUrl: Check = (value) =>
  Array.isArray(value) && value.length === 1 && URL.canParse(String(value[0]))
    ? null
    : "must be an array of one absolute URL";

const method: Check = (value) =>
  value === "GET" || value === "POST" ? null : "must be GET or POST";

const object: Check = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? null : "must be an object";

const conversationName: Check = (value) =>
  text(value) ??
  (String(value).length <= MAX_NAME_CHARACTERS ? null : `is longer than ${MAX_NAME_CHARACTERS}`);

const spoken: Check = (value) => {
  if (typeof value !== "string" || value === "") return text(value);
  const isSsml = value.startsWith("<speak>") && value.endsWith("</speak>");
  if (!isSsml && /[<>]/.test(value)) return "has tags outside of <speak>";
  const characters = value.replace(/<[^>]*>/g, "").length;
  return characters <= MAX_SPOKEN_CHARACTERS ? null : `is longer than ${MAX_SPOKEN_CHARACTERS}`;
};

const talk: ActionTable = {
  required: ["text"],
  checks: new Map([
    ["text", spoken],
    ["bargeIn", bool],
    ["loop", whole],
    ["level", level],
    ["language", text],
    ["style", whole],
    ["premium", bool],
  ]),
  together: () => [],
};

const conversation: ActionTable = {
  required: ["name"],
  checks: new Map([
    ["name", conversationName],
    ["musicOnHoldUrl", oneUrl],
    ["startOnEnter", bool],
    ["endOnExit", bool],
    ["record", bool],
    ["canSpeak", legs],
    ["canHear", legs],
    ["mute", bool],
    ["eventUrl", oneUrl],
    ["eventMethod", method],
    ["transcription", object],
  ]),
  together: ({ mute, canSpeak, transcription, record }) => [
    ...(mute === true && canSpeak !== undefined ? ["mute is not allowed with canSpeak"] : []),
    ...(transcription !== undefined && record !== true ? ["transcription needs record"] : []),
  ],
};

/** By action name. An action without a table is refused, as the platform refuses what it does not know. */
export const ACTION_OPTIONS: ReadonlyMap<string, ActionTable> = new Map([
  ["talk", talk],
  ["conversation", conversation],
]);
