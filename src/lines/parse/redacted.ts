/** A line as the API shows it: codes and PINs are hidden, also where they were typed in the wrong place. Pure. */
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
/** Keys whose values are nested, and how deep a valid value can be. */
const DEEPER: Readonly<Record<string, number>> = {
  musicOnHoldUrl: 1,
  allow: 1,
  deny: 1,
  prompts: 1,
  hours: 3,
};

const NO_PLACES: KeyScan["places"] = new Map();

/** A parsed line. Its rooms become a list in their order, since the keys are codes. */
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

/** A line's value as the operator stored it, redacted. Null where it cannot be parsed: any part of it might be a secret. */
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
  return PLAIN_KEYS.has(key) ? hiddenBelow(DEEPER[key] ?? 0, value) : hiddenIfPin(value);
}

/** Rooms as a list, in the order of the text: the keys are codes and must not be shown. */
function listed(
  rooms: Readonly<Record<string, unknown>>,
  places: KeyScan["places"],
): Record<string, unknown>[] {
  return inOrder(rooms, places).map(({ code, room }) => {
    const named = typeof room === "string" ? { conference: room } : room;
    if (!isObject(named)) return { code: HIDDEN };
    const shown = { code: HIDDEN, ...redactedKeys(named, NO_PLACES) };
    // The operator may have swapped the two, so that the value is the code.
    return isCode(code) ? shown : { ...shown, conference: HIDDEN };
  });
}

/** Hides everything that is nested deeper than a valid value could be. */
function hiddenBelow(depth: number, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => hiddenBelow(depth - 1, item));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [nameable(key), hiddenBelow(depth - 1, inner)]),
  );
}

/** Hides the value of an unknown key where it may be a PIN, since the key may be misspelt. A single digit is no PIN and is shown. */
function hiddenIfPin(value: unknown): unknown {
  if (typeof value === "object" && value !== null) return HIDDEN;
  return /\d\D*\d/.test(String(value)) ? HIDDEN : value;
}
