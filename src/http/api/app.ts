/** Every route of the API, with its middleware, in order: JSON, errors as problem details. */
import { Hono } from "hono";
import { access, operatorOnly } from "./auth/access.ts";
import { logIn, logOut, showSession } from "./auth/session.ts";
import { showDescription } from "./openapi.ts";
import { watchAll, watchConference } from "./live.ts";
import { listProblems } from "./problems.ts";
import { listConferences, showConference } from "./conferences.ts";
import { listEvents } from "./events.ts";
import { showHistory } from "./history.ts";
import { showLeg } from "./legs.ts";
import { showBatch } from "./outbox.ts";
import { deleteLine, listLines, showLine, showValue, writeLine } from "./lines/lines.ts";
import { importLines, MAX_FILE_BYTES } from "./lines/import.ts";
import { inviteParticipants } from "./dial-out.ts";
import { actOnGuests, actOnParticipant } from "./participants.ts";
import { announce, commandEverybody, play, setLock } from "./room.ts";
import { download, listRecordings } from "./recordings.ts";
import type { ApiEnv } from "./requests/context.ts";
import { MAX_BODY_BYTES } from "./requests/json-body.ts";
import { bodyOfAtMost, conferenceParam, requireCredentials } from "./requests/middleware.ts";
import { problem } from "../problem.ts";

export function api(): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const shortBody = bodyOfAtMost(MAX_BODY_BYTES);

  // The only open route: whatever is added below `access` is protected.
  app.post("/session", shortBody, logIn);
  app.use(access);
  // What a viewer may not even read. `access` lets viewers change nothing.
  app.use("/conferences/:name/recordings/*", operatorOnly);
  app.use("/lines/:number/value", operatorOnly);
  app.post("/lines", bodyOfAtMost(MAX_FILE_BYTES), importLines);
  app.use(shortBody);
  app.use("/conferences/:name/*", conferenceParam);

  app.get("/session", showSession);
  app.delete("/session", logOut);
  app.get("/openapi.json", showDescription);

  app.get("/live", watchAll);
  app.get("/problems", listProblems);
  app.get("/conferences", listConferences);
  app.get("/conferences/:name", showConference);
  app.get("/conferences/:name/live", watchConference);
  app.get("/conferences/:name/events", listEvents);
  app.get("/conferences/:name/history", showHistory);
  app.get("/legs/:leg", showLeg);
  app.get("/outbox/:batch", showBatch);

  app.get("/lines", listLines);
  app.get("/lines/:number", showLine);
  app.get("/lines/:number/value", showValue);
  app.put("/lines/:number", writeLine);
  app.delete("/lines/:number", deleteLine);

  app.post("/conferences/:name/participants", requireCredentials, inviteParticipants);
  for (const action of ["mute", "unmute", "earmuff", "unearmuff", "hangup"] as const) {
    app.post(
      `/conferences/:name/participants/:leg/${action}`,
      requireCredentials,
      actOnParticipant(action),
    );
    app.post(`/conferences/:name/guests/${action}`, requireCredentials, actOnGuests(action));
  }

  app.post("/conferences/:name/announce", requireCredentials, announce);
  app.post("/conferences/:name/play", requireCredentials, play);
  app.post("/conferences/:name/end", requireCredentials, commandEverybody("hangup"));
  app.post("/conferences/:name/reconcile", requireCredentials, commandEverybody("look-up"));
  app.post("/conferences/:name/lock", setLock(true));
  app.post("/conferences/:name/unlock", setLock(false));

  app.get("/conferences/:name/recordings", listRecordings);
  app.get("/conferences/:name/recordings/:id", requireCredentials, download("recording"));
  app.get(
    "/conferences/:name/recordings/:id/transcription",
    requireCredentials,
    download("transcription"),
  );

  app.notFound((c) => problem(c, 404, "There is no such resource."));
  return app;
}
