/** Finds the line of a called number: one KV read where the number has a line, a second where it has none. */
import { withTimeout } from "../../lib/deadline.ts";
import { BoundedMap } from "../../lib/bounded-map.ts";
import { otherKeys } from "../../vonage/numbers.ts";
import { parseLine, type Line } from "../parse/line.ts";
import { isTooLong } from "../parse/value-size.ts";

/** KV's slowest cold reads take about 250 ms. A read that takes longer than this hangs, and a retry is quicker. */
const FIRST_TRY_MS = 600;
const SECOND_TRY_MS = 400;

/** A parsed KV entry. `value` is empty where it is too long to be parsed. */
type Read =
  | { kind: "line"; key: string; value: string; line: Line }
  | { kind: "misconfigured"; key: string; value: string; problems: string[] };

export type LookUp =
  | Read
  | { kind: "unknown" }
  /** KV failed, and this isolate has not read the number before. */
  | { kind: "unavailable"; error: unknown };

interface Entry {
  key: string;
  value: string;
}

interface Remembered {
  read: Read;
  /** The ceiling of `maxParticipants` with which it was parsed. */
  ceiling: number | undefined;
}

/**
 * The size of the cache, in characters. It holds the last entry that this isolate read for each number: for when KV fails, and to
 * avoid parsing the same text for every call. A parsed line takes about ten times its text in memory, and an isolate has 128 MB.
 */
const MOST_REMEMBERED = 1_048_576;
/** What a cached entry takes beside its text. */
const OVERHEAD = 512;
const lastGood = new BoundedMap<Remembered>(
  MOST_REMEMBERED,
  ({ read }) => OVERHEAD + read.value.length,
);

/**
 * The line of a number (its key, as `lineKey` makes it). Never throws. `ceiling`: the highest `maxParticipants` that is
 * allowed. The result is shared by all callers and must not be modified.
 */
export async function lookUpLine(
  lines: KVNamespace,
  number: string,
  ceiling?: number,
): Promise<LookUp> {
  const remembered = lastGood.get(number);
  try {
    const entry = await readEntry(lines, number);
    // A deleted line is forgotten, so that it does not come back when KV fails.
    if (entry === null) lastGood.delete(number);
    if (entry === null) return { kind: "unknown" };
    const known = remembered !== undefined && isSameEntry(remembered, entry, ceiling);
    const read = known ? remembered.read : interpret(entry, ceiling);
    lastGood.set(number, { read, ceiling });
    return read;
  } catch (error) {
    return remembered?.read ?? { kind: "unavailable", error };
  }
}

/** Whether a cached entry was parsed from the same text. The text of one that was too long is not kept, so it never matches. */
function isSameEntry({ read, ceiling }: Remembered, { key, value }: Entry, now?: number): boolean {
  return value !== "" && read.value === value && read.key === key && ceiling === now;
}

async function readEntry(lines: KVNamespace, number: string): Promise<Entry | null> {
  const value = await withRetry(() => lines.get(number));
  if (value !== null) return { key: number, value };
  const keys = otherKeys(number);
  if (keys.length === 0) return null;
  const values = await withRetry(() => lines.get(keys));
  for (const key of keys) {
    const other = values.get(key) ?? null;
    if (other !== null) return { key, value: other };
  }
  return null;
}

async function withRetry<T>(read: () => Promise<T>): Promise<T> {
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
