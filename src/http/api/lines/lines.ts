/** The lines in KV: listing, reading, writing and deleting them. Values are stored as `wrangler kv` would store them. */
import { maxParticipants } from "../../../config/settings.ts";
import { Turns } from "../../../lib/turns.ts";
import { MOST_AT_ONCE } from "../../../lines/kv/bulk.ts";
import { parseLine } from "../../../lines/parse/line.ts";
import type { FileLine } from "../../../lines/files/lines-file.ts";
import { redactedValue, shownLine } from "../../../lines/parse/redacted.ts";
import {
  deleteEntries,
  entriesOf,
  hiddenAmong,
  isReachable,
  linesPage,
  writeLine as writeEntry,
} from "../../../lines/kv/store.ts";
import { IN_ONE_GO } from "../../../lines/parse/value-size.ts";
import { checkLine, keyProblem } from "../../../lines/files/write-check.ts";
import { lineKey } from "../../../vonage/numbers.ts";
import { problem } from "../../problem.ts";
import { callContext, type ApiContext } from "../requests/context.ts";
import { limitOf } from "../requests/query.ts";
import { exportLines } from "./export.ts";
import { lineView } from "./line-view.ts";
import { DRY_RUN, dryRunOf, LAGS, unreadable, unwritable } from "./replies.ts";

type LineContext = ApiContext<"/lines/:number">;

const NONE = "There is no entry for this number. GET /api/lines lists those that there are.";

/** `GET /lines`: all entries in pages, or with `format` as a file. */
export async function listLines(c: ApiContext): Promise<Response> {
  if (c.req.query("format") !== undefined) return await exportLines(c);
  const limit = limitOf(c, MOST_AT_ONCE, MOST_AT_ONCE);
  if (limit instanceof Response) return limit;
  try {
    const { lines, next } = await linesPage(c.env.LINES, c.req.query("after") ?? null, limit);
    const hidden = await hiddenAmong(c.env.LINES, lines);
    const shown: ReturnType<typeof listed>[] = [];
    const turns = new Turns(IN_ONE_GO);
    for (const line of lines) {
      shown.push(listed(c, line, hidden));
      await turns.done(line.value.length);
    }
    return c.json({ lines: shown, next });
  } catch (error) {
    return unreadable(c, error);
  }
}

/** `GET /lines/:number`: the line that callers of this number get. */
export async function showLine(c: LineContext): Promise<Response> {
  const number = lineKey(c.req.param("number"));
  const call = callContext(c);
  const found = await call.lookUpLine(number);
  return found.kind === "unavailable"
    ? unreadable(c, found.error)
    : c.json(await lineView(call, number, found));
}

/** `GET /lines/:number/value`: the entry as it is stored, with its codes and PINs. */
export async function showValue(c: LineContext): Promise<Response> {
  try {
    const [entry] = await entriesOf(c.env.LINES, c.req.param("number"));
    if (entry === undefined) return problem(c, 404, NONE);
    return c.text(entry.value, 200, {
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    });
  } catch (error) {
    return unreadable(c, error);
  }
}

/** `PUT /lines/:number` */
export async function writeLine(c: LineContext): Promise<Response> {
  const dryRun = dryRunOf(c);
  if (dryRun instanceof Response) return dryRun;
  const value = await valueOf(c);
  if (value instanceof Response) return value;
  const checked = checkLine(c.req.param("number"), value, maxParticipants(c.env));
  if (!checked.ok) {
    return problem(c, 422, "The line is not right, so it was not written.", checked.error);
  }
  const writes = !dryRun;
  try {
    if (writes) await writeEntry(c.env.LINES, checked.value);
  } catch (error) {
    return unwritable(c, error);
  }
  const { number } = checked.value;
  const { key: _, ...view } = await lineView(callContext(c), number, {
    kind: "line",
    key: number,
    ...checked.value,
  });
  return c.json({ ...view, written: writes, note: writes ? LAGS : DRY_RUN });
}

/** `DELETE /lines/:number` */
export async function deleteLine(c: LineContext): Promise<Response> {
  const { LINES } = c.env;
  const number = c.req.param("number");
  try {
    const entries = await entriesOf(LINES, number);
    if (entries.length === 0) return problem(c, 404, NONE);
    const deleted = entries.map((entry) => entry.number);
    await deleteEntries(LINES, deleted);
    const note = "KV may take a minute, and sometimes longer, to forget it everywhere.";
    return c.json({ number: lineKey(number), deleted, note });
  } catch (error) {
    return unwritable(c, error);
  }
}

function listed(c: ApiContext, { number, value }: FileLine, hidden: ReadonlySet<string>) {
  const line = parseLine(value, maxParticipants(c.env));
  const problems = [
    ...keyProblems(number),
    ...(hidden.has(number) ? [`its key: the entry ${lineKey(number)} goes before it`] : []),
    ...(line.ok ? (line.value.warnings ?? []) : line.error),
  ];
  return {
    number,
    value: redactedValue(value),
    line: line.ok ? shownLine(line.value) : null,
    problems,
  };
}

function keyProblems(key: string): string[] {
  if (!isReachable(key)) return [`its key: no call leads to it, but to ${lineKey(key)}`];
  const wrong = keyProblem(key);
  return wrong === null ? [] : [`its key: ${wrong}`];
}

/** The body as text; a Response where it is something else. */
async function valueOf(c: ApiContext): Promise<string | Response> {
  if (!/^(text\/plain|application\/json)\s*(;|$)/i.test(c.req.header("content-type") ?? "")) {
    return problem(c, 415, "Send the line's value: Content-Type: text/plain, or application/json");
  }
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
    return utf8.decode(await c.req.arrayBuffer());
  } catch {
    return problem(c, 400, "The body is not UTF-8.");
  }
}
