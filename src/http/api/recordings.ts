/** Recordings of a conference: the list, and the files as they come from the carrier. */
import { conferenceStub } from "../../conference/client.ts";
import { storedRecordings, type StoredRecording } from "../../conference/state/recording-list.ts";
import { fail, ok, type Result } from "../../lib/result.ts";
import { apiUrl, credentials, voiceRegion } from "../../config/settings.ts";
import { send } from "../../vonage/rest/client.ts";
import { fileUrl } from "../../vonage/rest/hosts.ts";
import { restToken } from "../../vonage/rest/token.ts";
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

/** A number is the status with which the carrier refused. */
type FileProblem = "foreign address" | "deleted" | "no reply" | number;

/** Streams a file of the carrier through: requested with our token, and never stored. */
async function carrierFile(
  env: Env,
  address: string,
  now: number,
): Promise<Result<Response, FileProblem>> {
  const url = fileUrl(address, { apiUrl: apiUrl(env), region: voiceRegion(env) });
  const keys = credentials(env);
  if (url === null || keys === null) return fail("foreign address");
  const token = restToken(keys, now, crypto.randomUUID());
  // Only the beginning of the response has a time limit: the file itself may take as long as it takes.
  const response = await send({ method: "GET", url, body: null }, token, async (given) => {
    if (given.status !== 200) await given.body?.cancel();
    return given;
  });
  if (response === null) return fail("no reply");
  if (response.status === 200) return ok(response);
  if (response.status === 404) return fail("deleted");
  return fail(response.status);
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
