/** The recordings of a conference, and their transcriptions. The files are the carrier's. */
import type { Context } from "hono";
import { storedRecordings, type StoredRecording } from "../../conference/state/recording-list.ts";
import { problem, tooBusy } from "../problem.ts";
import { carrierFile, type FileError } from "./carrier-file.ts";
import type { ApiContext } from "./requests/context.ts";

/** `GET /conferences/:name/recordings` */
export async function listRecordings(c: ApiContext): Promise<Response> {
  const recordings = await recordingsOf(c);
  if (recordings === null) return tooBusy(c);
  return c.json({ recordings: recordings.map(({ view }) => view) });
}

/** `GET /conferences/:name/recordings/:id`, and `…/transcription` */
export function download(kind: keyof StoredRecording["urls"]) {
  return async (c: ApiContext<"/recordings/:id">): Promise<Response> => {
    const recordings = await recordingsOf(c);
    if (recordings === null) return tooBusy(c);
    const found = recordings.find(({ view }) => view.id === c.req.param("id"));
    const url = found?.urls[kind] ?? null;
    if (url === null) return problem(c, 404, `This conference has no such ${kind}.`);
    const file = await carrierFile(c.env, url, Date.now());
    return file.ok ? attachment(file.value) : fileProblem(c, file.error);
  };
}

/** Null where the conference is too busy. */
async function recordingsOf(c: ApiContext): Promise<StoredRecording[] | null> {
  const entries = await c.var.stub.recordings();
  return entries && storedRecordings(entries);
}

/** Streams the carrier's bytes. Always a download: no browser may show what the carrier sends as a page of ours. */
function attachment({ body, headers }: Response): Response {
  const passed = new Headers({
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  });
  // The length of a compressed body is not that of the decoded one, which `fetch` gives us.
  const isPlain = !headers.has("content-encoding");
  for (const name of ["content-type", ...(isPlain ? ["content-length"] : [])]) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, value);
  }
  return new Response(body, { headers: passed });
}

function fileProblem(c: Context, error: FileError): Response {
  switch (error.kind) {
    case "foreign-host":
      return problem(c, 502, "Its address is not the carrier's, so it was not asked for.");
    case "deleted":
      return problem(c, 404, "The carrier does not have it: files are kept for 30 days.");
    case "no-reply":
      return problem(c, 504, "The carrier did not answer in time. Please try again.");
    case "unexpected-status":
      return problem(c, 502, `It could not be fetched: the carrier answered ${error.status}.`);
  }
}
