/** Recordings of a conference: the list, and the files as they come from the carrier. */
import { conferenceStub } from "../../conference/client.ts";
import { storedRecordings, type StoredRecording } from "../../conference/state/recording-list.ts";
import { carrierFile, type FileProblem } from "./carrier-file.ts";
import type { ApiContext } from "./requests/api-env.ts";
import { problem, tooBusy } from "../problem.ts";

export async function listRecordings(c: ApiContext): Promise<Response> {
  const recordings = await recordingsOf(c);
  if (recordings === null) return tooBusy(c);
  return c.json({ recordings: recordings.map(({ view }) => view) });
}

export async function downloadRecording(c: ApiContext): Promise<Response> {
  return await fileOf(c, "recording");
}

export async function downloadTranscription(c: ApiContext): Promise<Response> {
  return await fileOf(c, "transcription");
}

async function fileOf(c: ApiContext, kind: "recording" | "transcription"): Promise<Response> {
  const recordings = await recordingsOf(c);
  if (recordings === null) return tooBusy(c);
  const found = recordings.find(({ view }) => view.id === c.req.param("id"));
  const url = found?.urls[kind] ?? null;
  if (url === null) return problem(c, 404, `This conference has no such ${kind}.`);
  const file = await carrierFile(c.env, url, Date.now());
  return file.ok ? download(file.value) : refusal(c, file.error);
}

/** Null where the conference has no time for it. */
async function recordingsOf(c: ApiContext): Promise<StoredRecording[] | null> {
  const entries = await conferenceStub(c.env, c.var.conference).recordings();
  return entries && storedRecordings(entries);
}

/** The carrier's bytes as they come. Whatever it says that they are, no browser shows them as a page of ours. */
function download({ body, headers }: Response): Response {
  const passed = new Headers({
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
  });
  const isPlain = !headers.has("content-encoding");
  for (const name of ["content-type", ...(isPlain ? ["content-length"] : [])]) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, value);
  }
  return new Response(body, { headers: passed });
}

function refusal(c: ApiContext, reason: FileProblem): Response {
  switch (reason) {
    case "foreign address":
      return problem(c, 502, "Its address is not the carrier's, so it was not asked for.");
    case "deleted":
      return problem(c, 404, "The carrier does not have it: files are kept for 30 days.");
    case "no reply":
      return problem(c, 504, "The carrier did not answer in time. Please try again.");
    default:
      return problem(c, 502, `It could not be fetched: the carrier answered ${reason}.`);
  }
}
