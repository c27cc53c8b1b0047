/**
 * `POST /lines`: many lines at once, from a file as it is exported. A file with any mistake is refused as a whole. Lines that
 * are not in the file stay.
 */
import { log, reasonOf } from "../../../lib/log.ts";
import { maxParticipants } from "../../../config/settings.ts";
import { MOST_LINES, planImport } from "../../../lines/files/import-plan.ts";
import { readLinesFile, type FileFormat } from "../../../lines/files/lines-file.ts";
import { deleteEntries, hiddenBy, writeLines } from "../../../lines/kv/store.ts";
import type { Writable } from "../../../lines/files/write-check.ts";
import { problem } from "../../problem.ts";
import type { ApiContext } from "../requests/context.ts";
import { DRY_RUN, dryRunOf, LAGS, unreadable } from "./replies.ts";

/** Nine hundred lines of a kilobyte each. */
export const MAX_FILE_BYTES = 1_048_576;

export async function importLines(c: ApiContext): Promise<Response> {
  const dryRun = dryRunOf(c);
  if (dryRun instanceof Response) return dryRun;
  const format = formatOf(c.req.header("content-type") ?? "");
  if (format === null) {
    return problem(c, 415, "Send the file: Content-Type: application/json, or text/csv");
  }
  const file = readLinesFile(new Uint8Array(await c.req.arrayBuffer()), format);
  if (!file.ok) return refused(c, file.error);
  const plan = await planImport(file.value, maxParticipants(c.env));
  if (!plan.ok) return refused(c, plan.error);
  const numbers = plan.value.map(({ number }) => number);
  let hidden: string[];
  try {
    hidden = await hiddenBy(c.env.LINES, numbers);
  } catch (error) {
    return unreadable(c, error);
  }
  if (numbers.length + hidden.length > MOST_LINES) {
    const detail = `the file replaces ${hidden.length} entries that begin with +: split it into smaller files`;
    return refused(c, [detail]);
  }
  const writes = !dryRun;
  const failure = writes ? await write(c, plan.value, hidden) : null;
  return (
    failure ??
    c.json({
      written: writes ? numbers.length : 0,
      dryRun: !writes,
      lines: numbers,
      note: writes ? LAGS : DRY_RUN,
    })
  );
}

/** Null, or the reply where KV did not confirm all of it. */
async function write(
  c: ApiContext,
  lines: readonly Writable[],
  hidden: readonly string[],
): Promise<Response | null> {
  const { written, failure } = await writeLines(c.env.LINES, lines);
  if (failure === null) {
    try {
      await deleteEntries(c.env.LINES, hidden);
      return null;
    } catch (error) {
      log("hidden lines not deleted", { reason: reasonOf(error) });
      const detail = `All ${lines.length} lines are written, but not every entry that they replace is deleted. Send the file again.`;
      return problem(c, 503, detail);
    }
  }
  log("import broken off", { reason: reasonOf(failure), written: written.length });
  const done = new Set(written);
  return problem(
    c,
    503,
    `KV failed when ${written.length} of ${lines.length} lines were written. Send the file again: what is written twice does no harm.`,
    lines.map(({ number }) => `${number}: ${done.has(number) ? "is written" : "is not confirmed"}`),
  );
}

function formatOf(type: string): FileFormat | null {
  if (/^application\/json\s*(;|$)/i.test(type)) return "json";
  return /^text\/csv\s*(;|$)/i.test(type) ? "csv" : null;
}

function refused(c: ApiContext, errors: readonly string[]): Response {
  return problem(c, 422, "The file is not right, so nothing of it was written.", errors);
}
