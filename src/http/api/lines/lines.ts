/** The lines: what is stored under a number, and changing it. What is stored is what `wrangler kv` would store. */
import { maxParticipants } from "../../../config/settings.ts";
import { Turns } from "../../../lib/turns.ts";
import { MOST_AT_ONCE } from "../../../lines/kv/bulk.ts";
import { parseLine } from "../../../lines/parse/line.ts";
import type { FileLine } from "../../../lines/files/lines-file.ts";
import { lookUpLine } from "../../../lines/kv/look-up.ts";
import { redactedValue, shownLine } from "../../../lines/parse/redacted.ts";
import {
  deleteEntries,
  entriesOf,
  hiddenAmong,
  isReachable,
  linesPage,
  writeLine,
} from "../../../lines/kv/store.ts";
import { IN_ONE_GO } from "../../../lines/parse/value-size.ts";
import { checkLine, keyProblem } from "../../../lines/files/write-check.ts";
import { lineKey } from "../../../vonage/numbers.ts";
import { lineView } from "./line-view.ts";
import { exportLines } from "./export.ts";
import { DRY_RUN, dryRunOf, LAGS, unreadable, unwritable } from "./replies.ts";
import type { ApiContext } from "../requests/api-env.ts";
import { problem } from "../../problem.ts";
import { limitOf } from "../requests/whole-number.ts";

const NONE = "There is no entry for this number. GET /api/lines lists those that there are.";

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

export async function showLine(c: ApiContext): Promise<Response> {
  const number = lineKey(numberOf(c));
  const found = await lookUpLine(c.env.LINES, number, maxParticipants(c.env));
  return found.kind === "unavailable"
    ? unreadable(c, found.error)
    : c.json(await lineView(c, number, found));
}

export async function showValue(c: ApiContext): Promise<Response> {
  try {
    const [entry] = await entriesOf(c.env.LINES, numberOf(c));
    if (entry === undefined) return problem(c, 404, NONE);
    return c.text(entry.value, 200, {
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    });
  } catch (error) {
    return unreadable(c, error);
  }
}

export async function writeLineOf(c: ApiContext): Promise<Response> {
  const dryRun = dryRunOf(c);
  if (dryRun instanceof Response) return dryRun;
  const value = await valueOf(c);
  if (value instanceof Response) return value;
  const checked = checkLine(numberOf(c), value, maxParticipants(c.env));
  if (!checked.ok) {
    return problem(c, 422, "The line is not right, so it was not written.", checked.error);
  }
  const writes = !dryRun;
  try {
    if (writes) await writeLine(c.env.LINES, checked.value);
  } catch (error) {
    return unwritable(c, error);
  }
  const { number } = checked.value;
  const { key: _, ...view } = await lineView(c, number, {
    kind: "line",
    key: number,
    ...checked.value,
  });
  return c.json({ ...view, written: writes, note: writes ? LAGS : DRY_RUN });
}

export async function deleteLine(c: ApiContext): Promise<Response> {
  const { LINES } = c.env;
  const number = numberOf(c);
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

function numberOf(c: ApiContext): string {
  return c.req.param("number") ?? "";
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

/** The body, or the answer to whoever sent something else. */
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
