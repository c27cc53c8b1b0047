/** Reads the rooms of a line, each merged with the defaults of the line. Pure. */
import { isObject } from "../../vonage/payload.ts";
import type { RoomToCheck } from "./contradictions.ts";
import { inOrder, roomAt, type KeyScan } from "./key-scan.ts";
import { isLineKey, roomKeys, type RoomValues } from "./keys.ts";
import { readKeys, type Read } from "./read-keys.ts";
import { warningsOf } from "./warnings.ts";

export interface ReadRoom extends RoomToCheck {
  code: string;
  problems: string[];
  warnings: string[];
}

export function isCode(key: string): boolean {
  return /^\d{1,12}$/.test(key);
}

/** `places`: where each code stands in the text. Messages name a room by its place, since they must not contain its code. */
export function readRooms(
  rooms: Readonly<Record<string, unknown>>,
  places: KeyScan["places"],
  line: Read<RoomValues>,
  ceiling: number,
): ReadRoom[] {
  return inOrder(rooms, places).map(({ code, room, place }) =>
    readRoom(code, room, roomAt(place), line, ceiling),
  );
}

function readRoom(
  code: string,
  value: unknown,
  name: string,
  line: Read<RoomValues>,
  ceiling: number,
): ReadRoom {
  const object = typeof value === "string" ? { conference: value } : value;
  const { values, wrong, problems } = isObject(object)
    ? readKeys<RoomValues>(roomKeys(ceiling), object, unknownKey)
    : {
        values: {},
        wrong: new Set(["conference"]),
        problems: ["must be a conference name or an object"],
      };
  if (isObject(object) && !Object.hasOwn(object, "conference")) {
    problems.unshift("conference: is missing");
  }
  if (!isCode(code)) problems.unshift("its code must be 1 to 12 digits");
  const whole = withDefaults(values, line.values);
  if (whole.pin === code) problems.push("pin: must differ from its code");
  if (whole.moderatorPin === code) problems.push("moderatorPin: must differ from its code");
  return {
    code,
    name,
    own: values,
    whole,
    bare: wrong.size === 0 && Object.keys(values).length === 1,
    // A room's own value overrides the line's, so an invalid default does not matter there.
    wrong:
      line.wrong.size === 0
        ? wrong
        : new Set([...wrong, ...[...line.wrong].filter((key) => !Object.hasOwn(values, key))]),
    problems: problems.map((problem) => `${name}: ${problem}`),
    warnings: isObject(value) ? warningsOf(value).map((warning) => `${name}: ${warning}`) : [],
  };
}

function unknownKey(key: string): string {
  return isLineKey(key) ? "is a key of the line, not of a room" : "is not a key of a room";
}

/** A room's own greeting overrides the line's, whether it is set as `greeting` or as `prompts.greeting`. */
function withDefaults(own: RoomValues, line: RoomValues): RoomValues {
  if (Object.keys(own).length === 1) return { ...line, ...own };
  const { greeting, ...others } = line;
  const keepsGreeting = greeting !== undefined && own.prompts?.greeting === undefined;
  return {
    ...others,
    ...(keepsGreeting && { greeting }),
    ...own,
    ...((line.prompts !== undefined || own.prompts !== undefined) && {
      prompts: { ...line.prompts, ...own.prompts },
    }),
  };
}
