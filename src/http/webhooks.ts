/** The carrier's side of the Worker. */
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { tellProblem } from "../directory/notices.ts";
import type { LogFields } from "../lib/log.ts";
import { maskNumbers, quoted } from "../lib/mask.ts";
import { apologyNcco } from "../lines/prompts.ts";
import { failedWebhook, parseAnswerRequest } from "../vonage/answer-request.ts";
import { parseEvent } from "../vonage/event.ts";
import type { Payload } from "../vonage/payload.ts";
import { answerCall } from "./answer-flow.ts";
import { callWebhooks, standIn } from "./call-webhooks.ts";
import { deliver, deliveryOf, follow, knownWays, record, type KnownWays } from "./event-flow.ts";
import { conferenceOf } from "./recording-url.ts";
import { checkWebhook, verified, type WebhookEnv } from "./verified.ts";
import { acknowledged, contextOf, ncco, report, secretsOf } from "./webhook-reply.ts";

const MAX_BODY_BYTES = 65_536;
const METHODS = ["GET", "POST"];

export function webhooks(): Hono<WebhookEnv> {
  const app = new Hono<WebhookEnv>();
  const ways = knownWays();
  // Before the checks: what they refuse is one of the reasons for which this is asked, and it always answers.
  app.use(
    "/fallback",
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.json(apologyNcco()) }),
  );
  app.on(METHODS, "/fallback", async (c) => {
    const { payload, distrust } = await checkWebhook(c.req.raw, c.env);
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
  app.use(verified);

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
    if (event.kind === "error") tellComplaint(c, event.leg, payload.value);
    const fields = {
      route: "event",
      kind: event.kind,
      status: "status" in event ? event.status : null,
      leg: event.leg,
    };
    if (event.leg === null) {
      report(c, start, { ...fields, outcome: "logged", ...complaint(payload.value) });
      return c.body(null, 204);
    }
    const { leg } = event;
    const delivery = await deliveryOf(event, payload.value, start);
    return await acknowledged(c, start, fields, async () => ({
      ...(await deliver(c.env, ways, leg, delivery)),
    }));
  });

  app.on(METHODS, "/recording", async (c) => {
    const start = Date.now();
    const payload = c.var.payload;
    const conference = await conferenceOf(c.req.url, secretsOf(c));
    if (!payload.ok || conference === null) {
      const outcome = payload.ok ? "not a URL of ours" : payload.error;
      report(c, start, { route: "recording", outcome });
      return payload.ok ? c.body(null, 204) : c.text(`${outcome}\n`, 400);
    }
    // The code in our own URL is not the carrier's to say, and nobody's to read.
    const { code: _, ...said } = payload.value;
    const event = parseEvent(said);
    const delivery = await deliveryOf(event, said, start);
    const { kind, leg } = event;
    // By one reading of the carrier's documents, the states of a recorded room's legs are reported here too.
    return await acknowledged(c, start, { route: "recording", kind, conference }, async () =>
      leg === null
        ? { outcome: await record(c.env, conference, delivery) }
        : { ...(await deliver(c.env, ways, leg, delivery)) },
    );
  });

  app.route("/", callWebhooks(ways));
  return app;
}

/** Reads no body larger than any webhook is. */
function limited(refuse: (c: Context) => Response): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (c) => {
      report(c, Date.now(), { route: c.req.path, outcome: "too large" });
      return refuse(c);
    },
  });
}

async function answer(
  c: Context<WebhookEnv>,
  ways: KnownWays,
  payload: Payload,
  route: string,
): Promise<Response> {
  const context = contextOf(c, Date.now());
  const request = parseAnswerRequest(payload);
  const given = await answerCall(request, context);
  const { leg, number: line, caller } = request;
  follow(ways, leg, given);
  return ncco(c, context, { route, kind: "answer", leg, line, caller }, given);
}

/** The carrier's complaints come by leg, and are about our NCCOs, so that each is a problem of its own words. */
function tellComplaint(c: Context<WebhookEnv>, leg: string | null, payload: Payload): void {
  const { reason } = payload;
  const words = typeof reason === "string" ? quoted(reason) : "no reason given";
  tellProblem(c.env, (work) => c.executionCtx.waitUntil(work), {
    kind: "carrier-error",
    subject: words,
    detail: `The carrier reported an error${leg === null ? "" : ` on leg ${leg}`}: ${words}`,
  });
}

/** What the carrier complains of in an `error` event; it is about our NCCOs, not about the caller. */
function complaint({ reason }: Payload): LogFields {
  return typeof reason === "string" ? { reason: maskNumbers(reason) } : {};
}
