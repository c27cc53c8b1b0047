/**
 * Lines as a file, JSON or CSV. Writing and reading either returns exactly the same lines. Pure.
 *
 * The CSV survives a spreadsheet, which would otherwise round numbers, drop their leading zeros, turn `3-4` into a date, and
 * run a cell that begins with `=`. So every cell except a JSON object begins with an apostrophe, which marks it as text;
 * reading removes it where it is present. A byte order mark says that the file is UTF-8, and rows end in CR LF.
 */
import { dsvFormat } from "d3-dsv";
import * as v from "valibot";
import { fail, ok, type Result } from "../../lib/result.ts";
import { isObject, parseBody } from "../../vonage/payload.ts";

export interface FileLine {
  number: string;
  value: string;
}

/** A line with its place in the file, for messages. */
export type PlacedLine = FileLine & { place: string };

export type FileFormat = "json" | "csv";

const HEADER = ["number", "value"];
const BYTE_ORDER_MARK = "\u{feff}";
const END_OF_ROW = "\r\n";
/** Spreadsheets in many languages separate cells by semicolons, since their numbers have decimal commas. */
const DELIMITERS = [",", ";", "\t"];
/** The optional first line that tells Excel the delimiter. */
const SEPARATOR = /^"?sep=([^"\r\n])"?[^\S\r\n]*(?:\r\n|\n|\r)/i;
const CSV = dsvFormat(",");

const JsonLine = v.strictObject({ number: v.string(), value: v.string() });

/** The parts of a file, so that it can be written line by line. */
export const FILE_PARTS = {
  json: { start: '{"lines":[\n', line: jsonLine, between: ",\n", end: "\n]}\n" },
  csv: {
    start: `${BYTE_ORDER_MARK}${CSV.formatRow(HEADER)}${END_OF_ROW}`,
    line: csvLine,
    between: END_OF_ROW,
    end: END_OF_ROW,
  },
} as const;

function jsonLine({ number, value }: FileLine): string {
  return JSON.stringify({ number, value });
}

function csvLine({ number, value }: FileLine): string {
  return CSV.formatRow([guarded(number), guarded(value)]);
}

function guarded(cell: string): string {
  return cell.startsWith("{") ? cell : `'${cell}`;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** The lines of a file, in its order. Errors: all problems of its format. */
export function readLinesFile(
  bytes: Uint8Array,
  format: FileFormat,
): Result<PlacedLine[], string[]> {
  return format === "json" ? readJson(bytes) : readCsv(bytes);
}

function readJson(bytes: Uint8Array): Result<PlacedLine[], string[]> {
  const body = parseBody(bytes);
  if (!body.ok) return fail([`the file is ${body.error}`]);
  const { lines, ...others } = body.value;
  if (!Array.isArray(lines) || Object.keys(others).length > 0) {
    return fail(['the file must be { "lines": [{ "number": "…", "value": "…" }] }']);
  }
  return collected(
    lines.map((line: unknown, index) => {
      const place = `line ${index + 1}`;
      if (v.is(JsonLine, line)) return ok({ place, ...line });
      return isObject(line) && typeof line["number"] === "number"
        ? fail(`${place}: number: must be in quotes`)
        : fail(`${place}: must be { "number": "…", "value": "…" }, both of them text`);
    }),
  );
}

function readCsv(bytes: Uint8Array): Result<PlacedLine[], string[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return fail(["the file is not UTF-8: save it as “CSV UTF-8”"]);
  }
  const [said = "", named] = SEPARATOR.exec(text) ?? [];
  const first = said === "" ? 1 : 2;
  const table = text.slice(said.length);
  const [header = ""] = table.split(/\r?\n|\r/, 1);
  const delimiter = (named === undefined ? DELIMITERS : [named]).find((one) =>
    isHeader(dsvFormat(one).parseRows(header)[0] ?? []),
  );
  if (delimiter === undefined) {
    return fail([`row ${first}: must be the header: number${named ?? ","}value`]);
  }
  const rows = dsvFormat(delimiter).parseRows(table);
  return collected(
    rows.flatMap((cells, index): Result<PlacedLine, string>[] => {
      // Spreadsheets leave empty rows and cells where something was deleted.
      const [number = "", value = "", ...others] = cells;
      if (index === 0 || cells.every((cell) => cell === "")) return [];
      const place = `row ${index + first}`;
      return others.some((cell) => cell !== "")
        ? [fail(`${place}: has more than a number and a value: put the value in quotes`)]
        : [ok({ place, number: unguarded(number), value: unguarded(value) })];
    }),
  );
}

function isHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => unguarded(cell.trim()).toLowerCase());
  return HEADER.every((name, index) => names[index] === name) && names.slice(2).join("") === "";
}

function collected<T>(results: readonly Result<T, string>[]): Result<T[], string[]> {
  const problems = results.flatMap((result) => (result.ok ? [] : [result.error]));
  return problems.length > 0
    ? fail(problems)
    : ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}
