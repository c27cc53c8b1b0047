/** The carrier's side of the Worker. */
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { maskNumbers } from "../../lib/masking/mask.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import { failedWebhook, isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import type { Payload } from "../../vonage/payload.ts";
import { answerInbound } from "../../calls/inbound.ts";
import { callWebhooks, standIn } from "./call-webhooks.ts";
import { complaint } from "../../calls/complaint.ts";
import {
  deliver,
  deliveryOf,
  rememberRoute,
  newRoutes,
  type Routes,
} from "../../calls/deliver-event.ts";
import { conferenceOf, RECORDING_NAMES } from "../../calls/callback-urls/recording-url.ts";
import { withoutOurs } from "../../calls/callback-urls/signed-url.ts";
import { keepStray } from "../../calls/stray.ts";
import { checkWebhook, requireSignature } from "./verify.ts";
import type { WebhookEnv } from "./env.ts";
import { tellComplaint, tellMisdirected } from "./problems.ts";
import { acknowledged, apologise, contextOf, ncco, report, secretsOf } from "./respond.ts";

const MAX_BODY_BYTES = 65_536;
const METHODS = ["GET", "POST"];

export function webhooks(): Hono<WebhookEnv> {
  const app = new Hono<WebhookEnv>();
  const ways = newRoutes();
  // Before the checks: what they refuse is one of the reasons for which this is asked, and it always answers.
  app.use(
    "/fallback",
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json(apologyNcco()) }),
  );
  app.on(METHODS, "/fallback", async (c) => {
    const distrust = await checkWebhook(c);
    const { payload } = c.var;
    const trusted = distrust === null && payload.ok ? payload.value : null;
    if (trusted !== null) {
      const instead = await standIn(c, ways, trusted);
      if (instead !== null) return instead;
      if (failedWebhook(trusted) === "answer") return await answer(c, ways, trusted, "fallback");
    }
    report(c, Date.now(), { route: "fallback", outcome: distrust ?? "apology" });
    return c.json(apologyNcco());
  });

  app.use(limited((c) => c.text("too large\n", 413)));
  app.use(requireSignature);

  app.on(METHODS, "/answer", async (c) => {
    const payload = c.var.payload;
    if (payload.ok) return await answer(c, ways, payload.value, "answer");
    report(c, Date.now(), { route: "answer", outcome: payload.error });
    return c.json(apologyNcco());
  });

  app.on(METHODS, ["/event", "/events"], async (c) => {
    const start = Date.now();
    const payload = c.var.payload;
    if (!payload.ok) {
      report(c, start, { route: "event", outcome: payload.error });
      return c.text(`${payload.error}\n`, 400);
    }
    const event = parseEvent(payload.value);
    const fields = {
      route: "event",
      kind: event.kind,
      status: "status" in event ? event.status : null,
      leg: event.leg,
    };
    const { leg } = event;
    if (leg === null) {
      const said = { ...fields, ...complaint(payload.value) };
      return await acknowledged(c, start, said, () =>
        keepStray(c.env, event, payload.value, start, null),
      );
    }
    if (event.kind === "error") tellComplaint(c, leg, payload.value);
    const delivery = await deliveryOf(event, payload.value, start);
    return await acknowledged(c, start, fields, async () => ({
      ...(await deliver(c.env, ways, leg, delivery)),
    }));
  });

  app.on(METHODS, "/recording", async (c) => {
    const start = Date.now();
    const payload = c.var.payload;
    const conference = await conferenceOf(c.req.url, secretsOf(c));
    if (!payload.ok) {
      report(c, start, { route: "recording", outcome: payload.error });
      return c.text(`${payload.error}\n`, 400);
    }
    const said = withoutOurs(payload.value, RECORDING_NAMES, c.req);
    const event = parseEvent(said);
    const { kind, leg } = event;
    // By one reading of the carrier's documents, the states of a recorded room's legs are reported here too.
    return await acknowledged(c, start, { route: "recording", kind, conference }, async () => ({
      ...(leg === null
        ? await keepStray(c.env, event, said, start, conference)
        : await deliver(c.env, ways, leg, await deliveryOf(event, said, start))),
    }));
  });

  app.route("/", callWebhooks(ways));

  app.all("*", (c) => {
    tellMisdirected(c);
    report(c, Date.now(), { route: maskNumbers(c.req.path), outcome: "no such route" });
    return c.notFound();
  });
  return app;
}

/** Reads no body larger than any webhook is. */
function limited(refuse: (c: Context) => Response): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => {
      report(c, Date.now(), { route: maskNumbers(c.req.path), outcome: "too large" });
      return refuse(c);
    },
  });
}

async function answer(
  c: Context<WebhookEnv>,
  ways: Routes,
  payload: Payload,
  route: string,
): Promise<Response> {
  const context = contextOf(c, Date.now());
  if (isErrorReport(payload)) return apologise(c, context.now, route);
  const request = parseAnswerRequest(payload);
  const given = await answerInbound(request, context);
  const { leg, number: line, caller } = request;
  rememberRoute(ways, leg, given);
  return ncco(c, context, { route, kind: "answer", leg, line, caller }, given);
}
