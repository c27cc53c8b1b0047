/** `GET /lines?format=…`: all lines as a file, with their codes and PINs, for operators alone. */
import { log, reasonOf } from "../../../lib/log.ts";
import { FILE_PARTS, type FileFormat } from "../../../lines/files/lines-file.ts";
import { hiddenAmong, isReachable, linesPage, type LinesPage } from "../../../lines/kv/store.ts";
import { problem } from "../../problem.ts";
import { forOperators } from "../auth/access.ts";
import type { ApiContext } from "../requests/context.ts";
import { unreadable } from "./replies.ts";

const TYPES: Readonly<Record<FileFormat, string>> = {
  json: "application/json",
  csv: "text/csv; charset=utf-8",
};

export async function exportLines(c: ApiContext): Promise<Response> {
  if (c.var.role !== "operator") return forOperators(c);
  const format = c.req.query("format");
  if (format !== "json" && format !== "csv") {
    return problem(c, 400, "format must be json or csv.");
  }
  let first: LinesPage;
  try {
    first = await usedLines(c.env.LINES, null);
  } catch (error) {
    return unreadable(c, error);
  }
  return new Response(stream(file(c.env.LINES, format, first)), {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="lines.${format}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* file(
  lines: KVNamespace,
  format: FileFormat,
  first: LinesPage,
): AsyncGenerator<string> {
  const { start, line, between, end } = FILE_PARTS[format];
  let page: LinesPage | null = first;
  let before: string = start;
  while (page !== null) {
    if (page.lines.length > 0) {
      yield before + page.lines.map(line).join(between);
      before = between;
    }
    page = page.next === null ? null : await usedLines(lines, page.next);
  }
  yield before === start ? start + end : end;
}

/**
 * A page without the entries that no call leads to. If they were imported again, they would collide with the entry that
 * hides them, or take effect.
 */
async function usedLines(kv: KVNamespace, after: string | null): Promise<LinesPage> {
  const { lines, next } = await linesPage(kv, after);
  const hidden = await hiddenAmong(kv, lines);
  return { lines: lines.filter(({ number }) => isReachable(number) && !hidden.has(number)), next };
}

/** A failure in the middle breaks the connection, so that half a file does not look complete. */
function stream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await texts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        log("export broken off", { reason: reasonOf(error) });
        controller.error(error);
      }
    },
  });
}
