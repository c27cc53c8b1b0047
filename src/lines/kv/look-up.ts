/** From a called number to its line: one KV read where the number has a line, one more where it has none. */
import { withTimeout } from "../../lib/deadline.ts";
import { BoundedMap } from "../../lib/bounded-map.ts";
import { otherKeys } from "../../vonage/numbers.ts";
import { parseLine, type Line } from "../parse/line.ts";
import { isTooLong } from "../parse/value-size.ts";

/** KV's slowest cold reads take some 250 ms. What takes longer than this hangs, and another try is quicker. */
const FIRST_TRY_MS = 600;
const SECOND_TRY_MS = 400;

/** An entry, read: what its value says. `value` is empty where it is too long to be looked at. */
type Read =
  | { kind: "line"; key: string; value: string; line: Line }
  | { kind: "misconfigured"; key: string; value: string; problems: string[] };

export type LookUp =
  | Read
  | { kind: "unknown" }
  /** KV failed, and this isolate has not seen the number before. */
  | { kind: "unavailable"; error: unknown };

interface Entry {
  key: string;
  value: string;
}

interface Remembered {
  read: Read;
  /** The most that `maxParticipants` could say when it was read. */
  ceiling: number | undefined;
}

/**
 * The last entry that this isolate read for each number: for when KV cannot be read, and so that the next call does not parse
 * the same text again. A parsed line takes some ten times its text in memory, of which an isolate has 128 MB.
 */
const MOST_REMEMBERED = 1_048_576;
/** What an entry takes beside its text. */
const EACH = 512;
const lastGood = new BoundedMap<Remembered>(
  MOST_REMEMBERED,
  ({ read }) => EACH + read.value.length,
);

/**
 * The line of a number (its key, as `lineKey` makes it). Never throws. `ceiling`: the most that `maxParticipants` may
 * say. What is returned is everybody's: nobody may change it.
 */
export async function lookUpLine(
  lines: KVNamespace,
  number: string,
  ceiling?: number,
): Promise<LookUp> {
  const remembered = lastGood.get(number);
  try {
    const entry = await readEntry(lines, number);
    // A line that is no longer there is forgotten: its operator has closed it.
    if (entry === null) lastGood.delete(number);
    if (entry === null) return { kind: "unknown" };
    const known = remembered !== undefined && isOf(remembered, entry, ceiling);
    const read = known ? remembered.read : interpret(entry, ceiling);
    lastGood.set(number, { read, ceiling });
    return read;
  } catch (error) {
    return remembered?.read ?? { kind: "unavailable", error };
  }
}

/** Whether it is what was read of the very same text. That of a value that was too long is not known any more. */
function isOf({ read, ceiling }: Remembered, { key, value }: Entry, now?: number): boolean {
  return value !== "" && read.value === value && read.key === key && ceiling === now;
}

async function readEntry(lines: KVNamespace, number: string): Promise<Entry | null> {
  const value = await twice(() => lines.get(number));
  if (value !== null) return { key: number, value };
  const keys = otherKeys(number);
  if (keys.length === 0) return null;
  const values = await twice(() => lines.get(keys));
  for (const key of keys) {
    const other = values.get(key) ?? null;
    if (other !== null) return { key, value: other };
  }
  return null;
}

async function twice<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await withTimeout(FIRST_TRY_MS, read());
  } catch {
    return await withTimeout(SECOND_TRY_MS, read());
  }
}

function interpret({ key, value }: Entry, ceiling?: number): Read {
  const parsed = parseLine(value, ceiling);
  if (parsed.ok) return { kind: "line", key, value, line: parsed.value };
  const problems = parsed.error;
  return { kind: "misconfigured", key, value: isTooLong(value) ? "" : value, problems };
}
