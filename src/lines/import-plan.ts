/** What an import would write: all of a file, or nothing of it. Pure. */
import { fail, ok, type Result } from "../lib/result.ts";
import type { PlacedLine } from "./lines-file.ts";
import { checkLine, numberToWrite, type Writable } from "./write-check.ts";

/** A request may have so much to do with KV as its 1,000 operations; some are left for what must be looked up before. */
export const MOST_LINES = 900;

/** `ceiling`: the most that `maxParticipants` may say. Errors: every problem, with its place in the file. */
export function planImport(
  lines: readonly PlacedLine[],
  ceiling: number,
): Result<Writable[], string[]> {
  if (lines.length === 0) return fail(["the file has no lines in it"]);
  if (lines.length > MOST_LINES) {
    return fail([`the file has ${lines.length} lines: split it into files of ${MOST_LINES}`]);
  }
  const places = new Map<string, string>();
  const writable: Writable[] = [];
  const problems = lines.flatMap(({ place, number, value }) => {
    const checked = checkLine(number, value, ceiling);
    if (checked.ok) writable.push(checked.value);
    const key = numberToWrite(number);
    const earlier = key.ok ? places.get(key.value) : undefined;
    if (key.ok) places.set(key.value, earlier ?? place);
    return [
      ...(earlier === undefined ? [] : [`number: is in ${earlier} already`]),
      ...(checked.ok ? [] : checked.error),
    ].map((problem) => `${place}: ${problem}`);
  });
  return problems.length > 0 ? fail(problems) : ok(writable);
}
