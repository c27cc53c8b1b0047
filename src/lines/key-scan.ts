/**
 * The keys of a line's JSON as they stand in its text. `JSON.parse` forgets which of two rooms with one code was there
 * first, and in which order rooms with numbers for codes were typed. Pure.
 */
import { nameable } from "./secrets.ts";

export interface KeyScan {
  /** The codes of the rooms, in the order of the text, those that come twice too. */
  codes: string[];
  /** What is given twice, as problems. */
  repeated: string[];
}

interface Frame {
  /** Where the object stands, for messages; empty for the line itself. */
  name: string;
  keys: string[];
}

/** A string, with the colon that makes it a key, or a bracket. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/gs;

/** `text` is valid JSON. */
export function scanKeys(text: string): KeyScan {
  const frames: Frame[] = [];
  const scan: KeyScan = { codes: [], repeated: [] };
  for (const [token, colon] of text.matchAll(TOKEN)) {
    const top = frames.at(-1);
    if (token === "{" || token === "[") {
      frames.push({ name: top === undefined ? "" : inner(top, frames), keys: [] });
    } else if (token === "}" || token === "]") {
      frames.pop();
    } else if (colon !== undefined && top !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      if (top.keys.includes(key)) scan.repeated.push(twice(top, key, frames));
      top.keys.push(key);
      if (holdsRooms(frames)) scan.codes.push(key);
    }
  }
  return scan;
}

function holdsRooms(frames: readonly Frame[]): boolean {
  return frames.length === 2 && frames[0]?.keys.at(-1) === "rooms";
}

/** A room goes by its place, since its key is its code. */
function inner(top: Frame, frames: readonly Frame[]): string {
  if (holdsRooms(frames)) return roomAt(top.keys.length);
  const key = nameable(top.keys.at(-1) ?? "");
  return top.name === "" ? key : `${top.name}: ${key}`;
}

function twice(top: Frame, key: string, frames: readonly Frame[]): string {
  if (holdsRooms(frames)) return `${roomAt(top.keys.length + 1)}: its code is given twice`;
  return `${top.name === "" ? "" : `${top.name}: `}${nameable(key)}: is given twice`;
}

/** A room in a message; `place` counts from 1. */
export function roomAt(place: number): string {
  return `rooms, entry ${place}`;
}
