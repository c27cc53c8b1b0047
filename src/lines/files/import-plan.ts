/** Checks a whole file before an import: it writes all of its lines, or none. Pure. */
import { fail, ok, type Result } from "../../lib/result.ts";
import { Turns } from "../../lib/turns.ts";
import type { PlacedLine } from "./lines-file.ts";
import { IN_ONE_GO } from "../parse/value-size.ts";
import { checkLine, numberToWrite, type Writable } from "./write-check.ts";

/** The platform allows 1,000 KV operations a request; the rest is for reads. */
export const MOST_LINES = 900;

/**
 * `ceiling`: the highest `maxParticipants` that is allowed. Yields to other requests between lines. Errors: all problems,
 * with their places in the file.
 */
export async function planImport(
  lines: readonly PlacedLine[],
  ceiling: number,
): Promise<Result<Writable[], string[]>> {
  if (lines.length === 0) return fail(["the file has no lines in it"]);
  if (lines.length > MOST_LINES) {
    return fail([`the file has ${lines.length} lines: split it into files of ${MOST_LINES}`]);
  }
  const places = new Map<string, string>();
  const writable: Writable[] = [];
  const problems: string[] = [];
  const turns = new Turns(IN_ONE_GO);
  for (const { place, number, value } of lines) {
    const checked = checkLine(number, value, ceiling);
    if (checked.ok) writable.push(checked.value);
    const key = numberToWrite(number);
    const earlier = key.ok ? places.get(key.value) : undefined;
    if (key.ok) places.set(key.value, earlier ?? place);
    if (earlier !== undefined) problems.push(`${place}: number: is in ${earlier} already`);
    if (!checked.ok) problems.push(...checked.error.map((problem) => `${place}: ${problem}`));
    await turns.done(value.length);
  }
  return problems.length > 0 ? fail(problems) : ok(writable);
}
