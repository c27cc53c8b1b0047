/** What goes on everywhere: the directory's lists, live sockets, and a conference's last hours. */
import { directoryStub } from "../../directory/client.ts";
import { conferenceStub } from "../../conference/client.ts";
import { Hono, type Context } from "hono";
import { iso } from "../../lib/time.ts";
import { conferenceParam, type NamedEnv } from "./middleware.ts";
import { problem, tooBusy, tooOften } from "../problem.ts";
import { wholeNumber } from "./whole-number.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
const DEFAULT_MINUTES = 60;
const MAX_MINUTES = 1_440;

export function liveApi(): Hono<NamedEnv> {
  const app = new Hono<NamedEnv>();

  app.get("/conferences", async (c) => {
    const directory = directoryStub(c.env);
    const asOf = iso(Date.now());
    if (c.req.query("all") !== "true") {
      return c.json({ conferences: await directory.live(), next: null, asOf });
    }
    const limit = wholeNumber(c.req.query("limit"), DEFAULT_LIMIT, 1, MAX_LIMIT);
    if (limit === null) {
      return problem(c, 400, `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
    }
    const { conferences, more } = await directory.all(c.req.query("after") ?? "", limit);
    return c.json({ conferences, next: more ? (conferences.at(-1)?.name ?? null) : null, asOf });
  });

  app.get("/problems", async (c) => c.json({ problems: await directoryStub(c.env).problems() }));

  app.get("/live", async (c) => await socket(c, directoryStub(c.env)));

  app.get(
    "/conferences/:name/live",
    conferenceParam,
    async (c) => await socket(c, conferenceStub(c.env, c.var.conference)),
  );

  app.get("/conferences/:name/history", conferenceParam, async (c) => {
    const minutes = wholeNumber(c.req.query("minutes"), DEFAULT_MINUTES, 1, MAX_MINUTES);
    if (minutes === null) {
      return problem(c, 400, `minutes must be a whole number from 1 to ${MAX_MINUTES}.`);
    }
    const history = await conferenceStub(c.env, c.var.conference).history(minutes * 60_000);
    if (history === null) return tooBusy(c);
    const { from, to, steps } = history;
    return c.json({ from: iso(from), to: iso(to), steps });
  });

  return app;
}

/** Hands the client over to an object, which is told who looks, by us and not by the client. */
async function socket(c: Context<NamedEnv>, object: Fetcher): Promise<Response> {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") {
    c.header("upgrade", "websocket");
    return problem(c, 426, "This is a WebSocket: connect with wss://.");
  }
  const { role, sessionEnd } = c.var;
  const until = sessionEnd === null ? "" : `&until=${sessionEnd}`;
  const answer = await object.fetch(`https://object/live?audience=${role}${until}`, {
    headers: { upgrade: "websocket" },
  });
  return answer.status === 429 ? tooOften(c) : answer;
}
