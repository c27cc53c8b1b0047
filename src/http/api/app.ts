/** The integrator's and the operator's side of the Worker: JSON, a token or a session, errors as problem details. */
import { switchboardStub } from "../../switchboard/client.ts";
import { outboxStub } from "../../outbox/client.ts";
import { conferenceStub } from "../../conference/client.ts";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { parsedJson } from "../../lib/cut.ts";
import { iso } from "../../lib/time.ts";
import { access, operatorOnly } from "./auth/access.ts";
import { MAX_BODY_BYTES } from "./json-body.ts";
import { linesApi } from "./lines/lines.ts";
import { importLines, MAX_FILE_BYTES } from "./lines/import.ts";
import { conferenceParam, type NamedEnv } from "./middleware.ts";
import { openapiApi } from "./openapi.ts";
import { operatorApi } from "./room.ts";
import { problem, tooBusy } from "../problem.ts";
import { liveApi } from "./live.ts";
import { recordingsApi } from "./recordings.ts";
import { logIn, sessionApi } from "./auth/session.ts";
import { wholeNumber } from "./whole-number.ts";

const DEFAULT_GONE = 100;
const DEFAULT_EVENTS = 100;
const MAX_LIMIT = 1_000;

/** What a viewer may not even read. Whatever changes something they may not do anyway. */
const OPERATORS_ONLY = ["/conferences/:name/recordings/*", "/lines/:number/value"];

export function api(): Hono<NamedEnv> {
  const app = new Hono<NamedEnv>();
  const limited = atMost(MAX_BODY_BYTES);
  app.post("/session", limited, logIn);
  app.use(access);
  for (const path of OPERATORS_ONLY) app.use(path, operatorOnly);
  app.post("/lines", atMost(MAX_FILE_BYTES), importLines);
  app.use(limited);
  app.use("/conferences/:name/*", conferenceParam);

  app.get("/conferences/:name", async (c) => {
    const limit = wholeNumber(c.req.query("limit"), DEFAULT_GONE, 1, MAX_LIMIT);
    if (limit === null) {
      return problem(c, 400, `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
    }
    const gone = c.req.query("gone") === "true" ? limit : 0;
    const view = await conferenceStub(c.env, c.var.conference).view(gone);
    return view === null ? tooBusy(c) : c.json(view);
  });

  app.get("/conferences/:name/events", async (c) => {
    const after = wholeNumber(c.req.query("after"), 0, 0, Number.MAX_SAFE_INTEGER);
    const limit = wholeNumber(c.req.query("limit"), DEFAULT_EVENTS, 1, MAX_LIMIT);
    if (after === null) {
      return problem(
        c,
        400,
        "after must be a sequence number: 0, or the next of an earlier answer.",
      );
    }
    if (limit === null) {
      return problem(c, 400, `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
    }
    const page = await conferenceStub(c.env, c.var.conference).events(after, limit);
    if (page === null) return tooBusy(c);
    const { entries, more } = page;
    const events = entries.map(({ seq, leg, kind, status, at, receivedAt, outcome, body }) => ({
      seq,
      leg,
      kind,
      status,
      at: iso(at),
      receivedAt: iso(receivedAt),
      outcome,
      body: parsedJson(body),
    }));
    return c.json({ events, next: more ? (entries.at(-1)?.seq ?? null) : null });
  });

  app.get("/legs/:leg", async (c) => {
    const leg = c.req.param("leg");
    const record = await switchboardStub(c.env, leg).leg(leg);
    if (record === null) {
      return problem(
        c,
        404,
        "No webhook of this leg was received, or it is longer ago than legs are remembered.",
      );
    }
    const { outcome, held, firstAt } = record;
    const conference = outcome?.kind === "conference" ? outcome.conference : null;
    const there =
      conference === null ? null : await conferenceStub(c.env, conference).participant(leg);
    return c.json({
      leg,
      outcome: outcome?.kind ?? "pending",
      conference,
      reason: outcome?.kind === "none" ? outcome.reason : null,
      guessed: outcome?.kind === "conference" && outcome.guessed,
      at: iso(outcome?.at ?? null),
      firstAt: iso(firstAt),
      held,
      duplicates: there?.duplicates ?? 0,
      participant: there?.participant ?? null,
    });
  });

  app.get("/outbox/:batch", async (c) => {
    const view = await outboxStub(c.env).progress(c.req.param("batch"));
    return view === null
      ? problem(c, 404, "No such batch was asked for in the last two days.")
      : c.json(view);
  });

  app.route("/", sessionApi());
  app.route("/", openapiApi());
  app.route("/", liveApi());
  app.route("/", linesApi());
  app.route("/conferences/:name", operatorApi());
  app.route("/conferences/:name", recordingsApi());

  app.notFound((c) => problem(c, 404, "There is no such resource."));
  return app;
}

function atMost(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: (c) => problem(c, 413, `A body may have at most ${maxSize / 1024} KiB.`),
  });
}
