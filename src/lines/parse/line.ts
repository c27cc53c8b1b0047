/** Parses a line (what a called number leads to) from the value that an operator stored in KV. Pure. */
import { parsedJson } from "../../lib/cut.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { omitUndefined } from "../../vonage/ncco.ts";
import { isObject } from "../../vonage/payload.ts";
import { contradictions, type RoomToCheck } from "./contradictions.ts";
import type { Hours } from "./hours.ts";
import { scanKeys, type KeyScan } from "./key-scan.ts";
import { lineKeys, type LineValues, type RoomValues } from "./keys.ts";
import { encodingProblem, isQuoted, notJson, QUOTED } from "./odd-text.ts";
import { idlePrefixes } from "./prefixes.ts";
import { readKeys } from "./read-keys.ts";
import type { Room } from "../room.ts";
import { readRooms } from "./rooms.ts";
import { isTooLong, TOO_LONG } from "./value-size.ts";
import { warningsOf } from "./warnings.ts";
import type { Speech } from "../speech/wording.ts";

/** A room and the PINs that protect it. A number leads to one, or each of its codes does. */
export interface Door {
  room: Room;
  pin?: string;
  moderatorPin?: string;
}

/** Either one door, or a door for each code. The voice is used for prompts that are played before the room is known. */
export interface Line extends Speech {
  door: Door | null;
  rooms: ReadonlyMap<string, Door>;
  allow?: string[];
  deny?: string[];
  hours?: Hours;
  /** Problems of the line and its rooms that keep no caller out (`warnings.ts`). */
  warnings?: string[];
}

/** The carrier's limit on participants in one conversation. */
const MOST_PARTICIPANTS = 50;
const NO_SCAN: KeyScan = { places: new Map(), repeated: [] };
/** More than anybody fixes at once. A line can have thousands of rooms with problems, and calls wait while they are listed. */
const MOST_PROBLEMS = 100;

/**
 * Parses a line's value: a conference name, or a JSON object. Errors: all problems, by key; no message contains a code or a
 * PIN. `ceiling`: the highest `maxParticipants` that is allowed.
 */
export function parseLine(value: string, ceiling = MOST_PARTICIPANTS): Result<Line, string[]> {
  if (isTooLong(value)) return fail([TOO_LONG]);
  const trimmed = value.trim();
  const encoding = encodingProblem(trimmed);
  if (encoding !== null) return fail([encoding]);
  if (isQuoted(trimmed)) return fail([QUOTED]);
  if (isPlain(trimmed)) return parsed({ conference: trimmed }, NO_SCAN, ceiling);
  let json: unknown;
  try {
    json = parsedJson(trimmed);
  } catch {
    return fail([notJson(trimmed)]);
  }
  return isObject(json)
    ? parsed(json, scanKeys(trimmed), ceiling)
    : fail(["the value: must be a conference name or a JSON object"]);
}

/** Whether a trimmed value is meant as a conference name rather than JSON. */
export function isPlain(trimmed: string): boolean {
  return !/^[{["]/.test(trimmed);
}

function parsed(
  object: Readonly<Record<string, unknown>>,
  scan: KeyScan,
  ceiling: number,
): Result<Line, string[]> {
  const read = readKeys<LineValues>(lineKeys(ceiling), object, () => "is not a key of a line");
  const { rooms, allow, deny, hours, conference, ...forAll } = read.values;
  const sole: RoomValues = { ...omitUndefined({ conference }), ...forAll };
  const inRooms = rooms && readRooms(rooms, scan.places, { ...read, values: forAll }, ceiling);
  // Where `rooms` itself is invalid, there is nothing to check for contradictions.
  const toCheck: RoomToCheck[] = Object.hasOwn(object, "rooms")
    ? (inRooms ?? [])
    : [{ own: sole, whole: sole, bare: false, wrong: read.wrong, name: null }];
  const problems = [
    ...choiceProblems(object),
    ...read.problems,
    ...(inRooms?.length === 0 ? ["rooms: is empty: name at least one room"] : []),
    ...(inRooms ?? []).flatMap((room) => room.problems),
    ...scan.repeated,
    ...(allow && deny ? idlePrefixes(allow, deny) : []),
    ...contradictions(toCheck),
  ];
  if (problems.length > 0) return fail(firstOf(problems));

  const { language, style, premium, prompts } = forAll;
  const warnings = warningsOf(object).concat((inRooms ?? []).flatMap((room) => room.warnings));
  return ok({
    door: inRooms === undefined ? doorOf(sole) : null,
    rooms: new Map((inRooms ?? []).map(({ code, whole }) => [code, doorOf(whole)])),
    ...omitUndefined({ allow, deny, hours, language, style, premium, prompts }),
    ...(warnings.length > 0 && { warnings: firstOf(warnings) }),
  });
}

function firstOf(problems: string[]): string[] {
  const more = problems.length - MOST_PROBLEMS;
  return more > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${more} more problems`] : problems;
}

function choiceProblems(object: Readonly<Record<string, unknown>>): string[] {
  const { conference, rooms } = object;
  if (conference === undefined && rooms === undefined) {
    return ["conference: is missing: a line has a conference, or rooms"];
  }
  return conference !== undefined && rooms !== undefined
    ? ["rooms: contradicts conference: a line has one or the other"]
    : [];
}

/** `values` have been validated, so they name a conference. */
function doorOf({ pin, moderatorPin, conference = "", ...stay }: RoomValues): Door {
  const door: Door = { room: { conference, ...stay } };
  if (pin !== undefined) door.pin = pin;
  if (moderatorPin !== undefined) door.moderatorPin = moderatorPin;
  return door;
}
