/**
 * Finds the keys of a line's JSON in its text: duplicate keys, and the order of its rooms. `JSON.parse` drops duplicates
 * and sorts keys that are numbers, as codes are. Pure.
 */
import { nameable } from "./secrets.ts";

export interface KeyScan {
  /** The codes of the rooms with their places in the text, from 1, in this order. A duplicate has the place of the last. */
  places: ReadonlyMap<string, number>;
  /** Duplicate keys, as problems. */
  repeated: string[];
}

interface Frame {
  /** The path of the object, for messages; empty for the line itself. */
  name: string;
  keys: Set<string>;
  /** The latest key, and the number of keys so far. */
  latest: string;
  count: number;
}

/** A string, with the colon that makes it a key; or a bracket. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/gs;

/** Objects nested deeper than this get the name of their parent: names must not grow with the depth of hostile input. */
const MAX_DEPTH = 5;

/** `text` is valid JSON. */
export function scanKeys(text: string): KeyScan {
  const frames: Frame[] = [];
  const places = new Map<string, number>();
  const repeated: string[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    const top = frames.at(-1);
    if (token === "{" || token === "[") {
      const name = top === undefined ? "" : inner(top, frames);
      frames.push({ name, keys: new Set(), latest: "", count: 0 });
    } else if (token === "}" || token === "]") {
      frames.pop();
    } else if (colon !== undefined && top !== undefined) {
      const key = keyIn(token.slice(0, -colon.length));
      if (top.keys.has(key)) repeated.push(twice(top, key, frames));
      top.keys.add(key);
      top.latest = key;
      top.count += 1;
      if (holdsRooms(frames)) {
        places.delete(key);
        places.set(key, top.count);
      }
    }
  }
  return { places, repeated };
}

function keyIn(literal: string): string {
  return literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

function holdsRooms(frames: readonly Frame[]): boolean {
  return frames.length === 2 && frames[0]?.latest === "rooms";
}

/** The path of an object inside another. A room is named by its place, since its key is its code. */
function inner(top: Frame, frames: readonly Frame[]): string {
  if (holdsRooms(frames)) return roomAt(top.count);
  if (frames.length > MAX_DEPTH) return top.name;
  const key = nameable(top.latest);
  return top.name === "" ? key : `${top.name}: ${key}`;
}

function twice(top: Frame, key: string, frames: readonly Frame[]): string {
  if (holdsRooms(frames)) return `${roomAt(top.count + 1)}: its code is given twice`;
  return `${top.name === "" ? "" : `${top.name}: `}${nameable(key)}: is given twice`;
}

/** A room in a message; `place` counts from 1. */
export function roomAt(place: number): string {
  return `rooms, entry ${place}`;
}

/** The rooms of a parsed line, by their codes, in the order of the text. */
export function inOrder(
  rooms: Readonly<Record<string, unknown>>,
  places: KeyScan["places"],
): { code: string; room: unknown; place: number }[] {
  const found: { code: string; room: unknown; place: number }[] = [];
  for (const [code, place] of places) {
    // Where the text has `rooms` twice, the scan has found the codes of both.
    if (Object.hasOwn(rooms, code)) found.push({ code, room: rooms[code], place });
  }
  return found;
}
