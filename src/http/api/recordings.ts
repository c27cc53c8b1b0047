/** What was recorded of a conference. Mounted at the conference's path. */
import { conferenceStub } from "../../conference/client.ts";
import { Hono, type Context } from "hono";
import { storedRecordings, type StoredRecording } from "../../conference/state/recording-list.ts";
import { carrierFile, type FileProblem } from "./carrier-file.ts";
import { requireCredentials } from "./carrier-needed.ts";
import type { NamedEnv } from "./middleware.ts";
import { problem, tooBusy } from "../problem.ts";

export function recordingsApi(): Hono<NamedEnv> {
  const app = new Hono<NamedEnv>();

  app.get("/recordings", async (c) => {
    const recordings = await recordingsOf(c);
    if (recordings === null) return tooBusy(c);
    return c.json({ recordings: recordings.map(({ view }) => view) });
  });

  for (const [route, kind] of [
    ["/recordings/:id", "recording"],
    ["/recordings/:id/transcription", "transcription"],
  ] as const) {
    app.get(route, requireCredentials, async (c) => {
      const recordings = await recordingsOf(c);
      if (recordings === null) return tooBusy(c);
      const found = recordings.find(({ view }) => view.id === c.req.param("id"));
      const url = found?.urls[kind] ?? null;
      if (url === null) return problem(c, 404, `This conference has no such ${kind}.`);
      const file = await carrierFile(c.env, url, Date.now());
      return file.ok ? download(file.value) : refusal(c, file.error);
    });
  }

  return app;
}

/** Null where the conference has no time for it. */
async function recordingsOf(c: Context<NamedEnv>): Promise<StoredRecording[] | null> {
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

function refusal(c: Context, reason: FileProblem): Response {
  switch (reason) {
    case "no address of the carrier's":
      return problem(c, 502, "Its address is not the carrier's, so it was not asked for.");
    case "not kept any more":
      return problem(c, 404, "The carrier does not have it: files are kept for 30 days.");
    case "no answer":
      return problem(c, 504, "The carrier did not answer in time. Please try again.");
    default:
      return problem(c, 502, `It could not be fetched: ${reason}.`);
  }
}
