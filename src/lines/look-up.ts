/** From a called number to its line: one KV read where the number has a line, one more where it has none. */
import { within } from "../lib/deadline.ts";
import { Recent } from "../lib/recent.ts";
import { otherKeys } from "../vonage/numbers.ts";
import { parseLine, type Line } from "./line.ts";

/** KV's slowest cold reads take some 250 ms. What takes longer than this hangs, and another try is quicker. */
const FIRST_TRY_MS = 600;
const SECOND_TRY_MS = 400;

export type LookUp =
  | { kind: "line"; key: string; value: string; line: Line }
  | { kind: "misconfigured"; key: string; value: string; problems: string[] }
  | { kind: "unknown" }
  /** KV failed, and this isolate has not seen the number before. */
  | { kind: "unavailable"; error: unknown };

interface Entry {
  key: string;
  value: string;
}

/** The last entry that this isolate read for each number, for when KV cannot be read. */
const lastGood = new Recent<Entry>(1_000);

/**
 * The line of a number (its key, as `lineKey` makes it). Never throws. `ceiling`: the most that `maxParticipants` may
 * say.
 */
export async function lookUpLine(
  lines: KVNamespace,
  number: string,
  ceiling?: number,
): Promise<LookUp> {
  try {
    const entry = await readEntry(lines, number);
    remember(number, entry);
    return entry === null ? { kind: "unknown" } : interpret(entry, ceiling);
  } catch (error) {
    const remembered = lastGood.get(number);
    return remembered ? interpret(remembered, ceiling) : { kind: "unavailable", error };
  }
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
    return await within(FIRST_TRY_MS, read());
  } catch {
    return await within(SECOND_TRY_MS, read());
  }
}

/** A line that is no longer there is forgotten: its operator has closed it. */
function remember(number: string, entry: Entry | null): void {
  if (entry === null) lastGood.delete(number);
  else lastGood.set(number, entry);
}

function interpret(entry: Entry, ceiling?: number): LookUp {
  const parsed = parseLine(entry.value, ceiling);
  return parsed.ok
    ? { kind: "line", ...entry, line: parsed.value }
    : { kind: "misconfigured", ...entry, problems: parsed.error };
}
