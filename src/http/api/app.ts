/**
 * The integrator's and the operator's side of the Worker: every API route there is, and what each goes through before its
 * handler. JSON, a token or a session, errors as problem details.
 */
import { Hono } from "hono";
import { problem } from "../problem.ts";
import { access, operatorOnly } from "./auth/access.ts";
import { logIn, logOut, showSession } from "./auth/session.ts";
import { listConferences, showConference } from "./conferences.ts";
import { showHistory } from "./history.ts";
import { showJournal } from "./journal.ts";
import { showLeg } from "./legs.ts";
import { importLines, MAX_FILE_BYTES } from "./lines/import.ts";
import { deleteLine, listLines, showLine, showValue, writeLineOf } from "./lines/lines.ts";
import { watchConference, watchDirectory } from "./live.ts";
import { showOpenApi } from "./openapi.ts";
import { showBatch } from "./outbox.ts";
import { hangUpGuests, hangUpLeg, onGuests, onLeg } from "./participants.ts";
import { listProblems } from "./problems.ts";
import { downloadRecording, downloadTranscription, listRecordings } from "./recordings.ts";
import type { ApiEnv } from "./requests/api-env.ts";
import { conferenceParam } from "./requests/conference-param.ts";
import { atMost, MAX_BODY_BYTES } from "./requests/json-body.ts";
import { requireCredentials } from "./requests/require-credentials.ts";
import { announce, callIn, end, lock, play, reconcile, unlock } from "./room.ts";

const CONFERENCE = "/conferences/:name";
const LEG = `${CONFERENCE}/participants/:leg`;
const GUESTS = `${CONFERENCE}/guests`;

export function api(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const limited = atMost(MAX_BODY_BYTES);

  // Logging in is the one route that is open.
  app.post("/session", limited, logIn);
  app.use(access);
  // What a viewer may not even read. Whatever changes something they may not do anyway.
  app.use(`${CONFERENCE}/recordings/*`, operatorOnly);
  app.use("/lines/:number/value", operatorOnly);
  app.post("/lines", atMost(MAX_FILE_BYTES), importLines);
  app.use(limited);
  app.use(`${CONFERENCE}/*`, conferenceParam);

  app.get("/session", showSession);
  app.delete("/session", logOut);
  app.get("/openapi.json", showOpenApi);

  app.get("/conferences", listConferences);
  app.get("/problems", listProblems);
  app.get("/live", watchDirectory);
  app.get("/legs/:leg", showLeg);
  app.get("/outbox/:batch", showBatch);

  app.get(CONFERENCE, showConference);
  app.get(`${CONFERENCE}/events`, showJournal);
  app.get(`${CONFERENCE}/history`, showHistory);
  app.get(`${CONFERENCE}/live`, watchConference);

  app.post(`${LEG}/mute`, requireCredentials, onLeg("mute"));
  app.post(`${LEG}/unmute`, requireCredentials, onLeg("unmute"));
  app.post(`${LEG}/earmuff`, requireCredentials, onLeg("earmuff"));
  app.post(`${LEG}/unearmuff`, requireCredentials, onLeg("unearmuff"));
  app.post(`${LEG}/hangup`, requireCredentials, hangUpLeg);
  app.post(`${GUESTS}/mute`, requireCredentials, onGuests("mute"));
  app.post(`${GUESTS}/unmute`, requireCredentials, onGuests("unmute"));
  app.post(`${GUESTS}/earmuff`, requireCredentials, onGuests("earmuff"));
  app.post(`${GUESTS}/unearmuff`, requireCredentials, onGuests("unearmuff"));
  app.post(`${GUESTS}/hangup`, requireCredentials, hangUpGuests);

  app.post(`${CONFERENCE}/participants`, requireCredentials, callIn);
  app.post(`${CONFERENCE}/announce`, requireCredentials, announce);
  app.post(`${CONFERENCE}/play`, requireCredentials, play);
  app.post(`${CONFERENCE}/end`, requireCredentials, end);
  app.post(`${CONFERENCE}/reconcile`, requireCredentials, reconcile);
  app.post(`${CONFERENCE}/lock`, lock);
  app.post(`${CONFERENCE}/unlock`, unlock);

  app.get(`${CONFERENCE}/recordings`, listRecordings);
  app.get(`${CONFERENCE}/recordings/:id`, requireCredentials, downloadRecording);
  app.get(`${CONFERENCE}/recordings/:id/transcription`, requireCredentials, downloadTranscription);

  app.get("/lines", listLines);
  app.get("/lines/:number", showLine);
  app.get("/lines/:number/value", showValue);
  app.put("/lines/:number", writeLineOf);
  app.delete("/lines/:number", deleteLine);

  app.notFound((c) => problem(c, 404, "There is no such resource."));
  return app;
}
