/** The keys of a line and their schemas. A message says what is allowed and never repeats what was typed. Pure. */
import * as v from "valibot";
import type { Result } from "../../lib/result.ts";
import { nearestLanguage } from "../../vonage/languages.ts";
import { spokenText, MAX_SPOKEN_LENGTH } from "../../vonage/ncco.ts";
import { speakable } from "../../vonage/ssml.ts";
import { parseHours } from "./hours.ts";
import { parsePrefixes } from "./prefixes.ts";
import { parsePrompts } from "./prompt-texts.ts";
import { ConferenceName } from "../room.ts";

const PROBLEM = {
  text: `must be text of at most ${MAX_SPOKEN_LENGTH} characters`,
  language: "must be a language tag such as en-GB",
  style: "must be a whole number from 0 on",
  boolean: "must be true or false, without quotes",
  url: "must be an https:// or http:// address",
  pin: "must be 3 to 12 digits, in quotes",
  number: "must be in quotes: a number would lose the zeros that it begins with",
  rooms: 'must be an object from codes to conferences, such as { "2001": "standup" }',
};

export const Flag = v.boolean(PROBLEM.boolean);
export const WebAddress = v.pipe(
  v.string(PROBLEM.url),
  v.trim(),
  v.check((text) => URL.canParse(text) && /^https?:/i.test(text), PROBLEM.url),
);
const Greeting = v.pipe(
  v.string(PROBLEM.text),
  v.trim(),
  v.transform(speakable),
  v.check((text) => spokenText(text).length <= MAX_SPOKEN_LENGTH, PROBLEM.text),
);
const Pin = v.pipe(
  v.unknown(),
  v.check((value) => typeof value !== "number", PROBLEM.number),
  v.string(PROBLEM.pin),
  v.regex(/^\d{3,12}$/, PROBLEM.pin),
);

/** One address, as a text or in an array as NCCOs have it. */
const MusicOnHoldUrl = v.pipe(
  v.unknown(),
  v.transform((value) =>
    Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value,
  ),
  v.check((value) => v.is(WebAddress, value), PROBLEM.url),
  v.transform((value) => v.parse(WebAddress, value)),
);

/** The voice. Whether the carrier supports the language is checked elsewhere (`languageProblem`). */
export const VOICE_KEYS = {
  language: v.pipe(
    v.string(PROBLEM.language),
    v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, PROBLEM.language),
  ),
  style: v.pipe(v.number(PROBLEM.style), v.integer(PROBLEM.style), v.minValue(0, PROBLEM.style)),
  premium: Flag,
};

/** Keys of a room. A line with rooms may set them too, as defaults for all of its rooms. */
const ROOM_KEYS = {
  greeting: Greeting,
  ...VOICE_KEYS,
  // An unsupported language does not make a stored line invalid: the nearest one is spoken, and `warningsOf` reports it.
  language: v.pipe(VOICE_KEYS.language, v.transform(nearestLanguage)),
  startOnEnter: Flag,
  endOnExit: Flag,
  musicOnHoldUrl: MusicOnHoldUrl,
  record: Flag,
  mute: Flag,
  waitForModerator: Flag,
  endWithModerator: Flag,
  announceCount: Flag,
  strict: Flag,
  prompts: parsedBy(parsePrompts),
  pin: Pin,
  moderatorPin: Pin,
};

const LINE_KEYS = {
  rooms: v.custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    PROBLEM.rooms,
  ),
  allow: parsedBy(parsePrefixes),
  deny: parsedBy(parsePrefixes),
  hours: parsedBy(parseHours),
};

type Values<Keys extends Record<string, v.GenericSchema>> = {
  [Key in keyof Keys]?: v.InferOutput<Keys[Key]>;
};
export type RoomValues = Values<ReturnType<typeof roomKeys>>;
export type LineValues = RoomValues & Values<typeof LINE_KEYS>;
export type RoomKey = keyof RoomValues;

/** The schemas by ceiling. They are built once, since a line may have thousands of rooms. */
const byCeiling = new Map<number, ReturnType<typeof makeKeys>>();

function makeKeys(ceiling: number) {
  const room = {
    conference: ConferenceName,
    ...ROOM_KEYS,
    maxParticipants: wholeNumber(1, ceiling),
  };
  return { room, line: { ...room, ...LINE_KEYS } };
}

function keysFor(ceiling: number) {
  const keys = byCeiling.get(ceiling) ?? makeKeys(ceiling);
  // Not bounded: the ceiling comes from one setting, so a Worker has one entry.
  byCeiling.set(ceiling, keys);
  return keys;
}

/** `ceiling`: the highest `maxParticipants` that is allowed. */
export function roomKeys(ceiling: number) {
  return keysFor(ceiling).room;
}

export function lineKeys(ceiling: number) {
  return keysFor(ceiling).line;
}

export function isLineKey(key: string): boolean {
  return Object.hasOwn(LINE_KEYS, key);
}

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(least, message),
    v.maxValue(most, message),
  );
}

/** A schema that runs a parser and reports each of its problems as an issue. */
function parsedBy<T>(parse: (value: unknown) => Result<T, string[]>) {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }): T => {
      const parsed = parse(dataset.value);
      if (parsed.ok) return parsed.value;
      for (const message of parsed.error) addIssue({ message });
      return NEVER;
    }),
  );
}
