/** A line as the API may show it: without its codes and PINs, wherever they were typed. Pure. */
import * as v from "valibot";
import { parsedJson } from "../../lib/cut.ts";
import { isObject } from "../../vonage/payload.ts";
import { inOrder, scanKeys, type KeyScan } from "./key-scan.ts";
import { lineKeys } from "./keys.ts";
import { isPlain, type Door, type Line } from "./line.ts";
import { ConferenceName } from "../room.ts";
import { isCode } from "./rooms.ts";
import { HIDDEN, nameable } from "./secrets.ts";
import { isTooLong } from "./value-size.ts";

const PLAIN_KEYS = new Set(Object.keys(lineKeys(0)));
/** Lists and objects of words, times and prefixes, none of them deeper than this. */
const DEEPER: Readonly<Record<string, number>> = {
  musicOnHoldUrl: 1,
  allow: 1,
  deny: 1,
  prompts: 1,
  hours: 3,
};

const NO_PLACES: KeyScan["places"] = new Map();

/** The parsed line, its rooms as a list in their order. */
export function shownLine(line: Line): Record<string, unknown> {
  const { door, rooms, warnings: _, ...others } = line;
  if (door !== null) return { ...shownDoor(door), ...others };
  return {
    ...others,
    rooms: Array.from(rooms.values(), (room) => ({ code: HIDDEN, ...shownDoor(room) })),
  };
}

function shownDoor({ room, pin, moderatorPin }: Door): Record<string, unknown> {
  return {
    ...room,
    ...(pin !== undefined && { pin: HIDDEN }),
    ...(moderatorPin !== undefined && { moderatorPin: HIDDEN }),
  };
}

/** A line's value as the operator stored it; null where it cannot be read, since nobody knows what stands in it. */
export function redactedValue(value: string): string | null {
  if (isTooLong(value)) return null;
  const trimmed = value.trim();
  if (isPlain(trimmed)) return v.is(ConferenceName, trimmed) ? value : null;
  let json: unknown;
  try {
    json = parsedJson(trimmed);
  } catch {
    return null;
  }
  return isObject(json) ? JSON.stringify(redactedKeys(json, scanKeys(trimmed).places)) : null;
}

function redactedKeys(
  object: Readonly<Record<string, unknown>>,
  places: KeyScan["places"],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [nameable(key), redacted(key, value, places)]),
  );
}

function redacted(key: string, value: unknown, places: KeyScan["places"]): unknown {
  if (key === "pin" || key === "moderatorPin") return HIDDEN;
  if (key === "rooms") return isObject(value) ? listed(value, places) : HIDDEN;
  return PLAIN_KEYS.has(key) ? upTo(DEEPER[key] ?? 0, value) : guarded(value);
}

/** A code is the key of its room, so that the rooms are shown as a list, in the order of the text. */
function listed(
  rooms: Readonly<Record<string, unknown>>,
  places: KeyScan["places"],
): Record<string, unknown>[] {
  return inOrder(rooms, places).map(({ code, room }) => {
    const named = typeof room === "string" ? { conference: room } : room;
    if (!isObject(named)) return { code: HIDDEN };
    const shown = { code: HIDDEN, ...redactedKeys(named, NO_PLACES) };
    // Somebody may have taken the code for the value and the conference for the key.
    return isCode(code) ? shown : { ...shown, conference: HIDDEN };
  });
}

/** What is nested deeper than it could be right is hidden as a whole. */
function upTo(depth: number, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => upTo(depth - 1, item));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [nameable(key), upTo(depth - 1, inner)]),
  );
}

/** The value of a key that is none: a misspelt one may hold a PIN. A single digit is no PIN, and more often an option's value. */
function guarded(value: unknown): unknown {
  if (typeof value === "object" && value !== null) return HIDDEN;
  return /\d\D*\d/.test(String(value)) ? HIDDEN : value;
}
