/** Lists, reads, writes and deletes lines in KV, for the API. Everything here throws where KV fails or does not answer in time. */
import { withTimeout } from "../../lib/deadline.ts";
import { digitsIn, lineKey } from "../../vonage/numbers.ts";
import { MOST_AT_ONCE, valuesUnder } from "./bulk.ts";
import type { FileLine } from "../files/lines-file.ts";
import { numberToWrite, type Writable } from "../files/write-check.ts";

/** Time limits of KV operations. An operator waits for them, not a caller. */
const READ_MS = 3_000;
const WRITE_MS = 10_000;
/** KV's limit on the length of a key, in bytes. */
const MAX_KEY_BYTES = 512;
/** The platform runs six at a time and queues the rest. */
const WRITES_AT_ONCE = 12;

export interface LinesPage {
  lines: FileLine[];
  /** The cursor of the next page; null at the end. */
  next: string | null;
}

/** A page of entries as they are stored, in the order of their keys. `after`: the `next` of the previous page. */
export async function linesPage(
  kv: KVNamespace,
  after: string | null,
  limit = MOST_AT_ONCE,
): Promise<LinesPage> {
  const page = await withTimeout(
    READ_MS,
    kv.list({ limit, ...(after !== null && { cursor: after }) }),
  );
  const lines = await entriesUnder(
    kv,
    page.keys.map(({ name }) => name),
  );
  return { lines, next: page.list_complete ? null : page.cursor };
}

/** The keys of a page's entries that no call reaches, since the number without `+` has an entry, which takes precedence. */
export async function hiddenAmong(
  kv: KVNamespace,
  lines: readonly FileLine[],
): Promise<ReadonlySet<string>> {
  const withPlus = lines.filter(({ number }) => isDigitsWithPlus(number));
  const others = await entriesUnder(
    kv,
    withPlus.map(({ number }) => lineKey(number)),
  );
  return new Set(others.map(({ number }) => plusKey(number)));
}

/**
 * The entries that a typed number refers to: those that its callers reach, the effective one first. Where there is an entry under
 * exactly the typed name that no caller reaches, it is that one alone, so that it can be deleted. Never the default line,
 * unless it is named.
 */
export async function entriesOf(kv: KVNamespace, typed: string): Promise<FileLine[]> {
  const key = numberToWrite(typed);
  const found = key.ok ? [key.value, ...(isDigits(key.value) ? [plusKey(key.value)] : [])] : [];
  // KV may hold a key that this API would not write; calls look for it in lower case.
  const names = [...new Set([...found, typed, typed.toLowerCase()])].filter(isPossible);
  const entries = await entriesUnder(kv, names);
  const own = found.includes(typed) ? [] : entries.filter(({ number }) => number === typed);
  return own.length > 0 ? own : entries;
}

/** Writes a line, and deletes the entry of its number with `+`, which would take effect again when the line is deleted. */
export async function writeLine(kv: KVNamespace, { number, value }: Writable): Promise<void> {
  await withTimeout(WRITE_MS, kv.put(number, value));
  if (isDigits(number)) await deleteEntries(kv, [plusKey(number)]);
}

/**
 * Writes lines until one fails. `written`: the numbers that KV confirmed; others may have been written without confirmation.
 */
export async function writeLines(
  kv: KVNamespace,
  lines: readonly Writable[],
): Promise<{ written: string[]; failure: unknown }> {
  const written: string[] = [];
  for (let start = 0; start < lines.length; start += WRITES_AT_ONCE) {
    const some = lines.slice(start, start + WRITES_AT_ONCE);
    const results = await Promise.allSettled(
      some.map(({ number, value }) => withTimeout(WRITE_MS, kv.put(number, value))),
    );
    const done = some.filter((_, index) => results[index]?.status === "fulfilled");
    written.push(...done.map(({ number }) => number));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) return { written, failure: failed.reason as unknown };
  }
  return { written, failure: null };
}

/** The keys with `+` that lines of these numbers hide. */
export async function hiddenBy(kv: KVNamespace, numbers: readonly string[]): Promise<string[]> {
  const possible = new Set(numbers.filter(isDigits).map(plusKey));
  const hidden: string[] = [];
  let after: string | null = null;
  do {
    const page: KVNamespaceListResult<unknown> = await withTimeout(
      READ_MS,
      kv.list({ prefix: "+", ...(after !== null && { cursor: after }) }),
    );
    hidden.push(...page.keys.map(({ name }) => name).filter((name) => possible.has(name)));
    after = page.list_complete ? null : page.cursor;
  } while (after !== null);
  return hidden;
}

export async function deleteEntries(kv: KVNamespace, keys: readonly string[]): Promise<void> {
  for (const key of keys) await withTimeout(WRITE_MS, kv.delete(key));
}

/** The existing entries under these keys, in this order. `names`: at most `MOST_AT_ONCE`. */
async function entriesUnder(kv: KVNamespace, names: readonly string[]): Promise<FileLine[]> {
  const values = await withTimeout(READ_MS, valuesUnder(kv, names));
  return names.flatMap((number) => {
    const value = values.get(number);
    return value === undefined ? [] : [{ number, value }];
  });
}

function plusKey(key: string): string {
  return `+${key}`;
}

function isDigits(key: string): boolean {
  return digitsIn(key) === key;
}

/** Whether calls can reach an entry, judged by its key alone. */
export function isReachable(key: string): boolean {
  return lineKey(key) === key || isDigitsWithPlus(key);
}

function isDigitsWithPlus(key: string): boolean {
  return key.startsWith("+") && isDigits(key.slice(1));
}

function isPossible(key: string): boolean {
  const bytes = new TextEncoder().encode(key).length;
  return bytes > 0 && bytes <= MAX_KEY_BYTES && key !== "." && key !== "..";
}
