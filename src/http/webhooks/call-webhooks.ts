/** Webhooks that come to URLs of our own making: of prompts, and of calls that we made. */
import { Hono, type Context } from "hono";
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import { isErrorReport, parseAnswerRequest } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { text } from "../../vonage/fields.ts";
import { callerIn } from "../../vonage/input.ts";
import { isObject, type Payload } from "../../vonage/payload.ts";
import {
  DIALLED_NAMES,
  dialledOf,
  answerOutbound,
  reportDialled,
  type Dialled,
} from "../../calls/outbound.ts";
import { deliver, deliveryOf, rememberRoute, type Routes } from "../../calls/deliver-event.ts";
import { repeatPrompt, continueCall } from "../../calls/prompt.ts";
import { PROMPT_PARAMETERS, stepOf } from "../../calls/callback-urls/prompt-url.ts";
import { withoutOurs } from "../../calls/callback-urls/signed-url.ts";
import { keepStray } from "../../calls/stray.ts";
import type { WebhookEnv } from "./env.ts";
import { tellComplaint } from "./problems.ts";
import { acknowledged, apologise, contextOf, ncco, report, secretsOf } from "./respond.ts";

const METHODS = ["GET", "POST"];

/** A caller waits for an answer, and not for the journal. */
const WRITE_MS = 1_500;

export function callWebhooks(ways: Routes): Hono<WebhookEnv> {
  const app = new Hono<WebhookEnv>();

  app.on(METHODS, "/input", async (c) => {
    const context = contextOf(c, Date.now());
    const payload = c.var.payload;
    const step = await stepOf(c.req.url, secretsOf(c));
    if (!payload.ok || step === null) return notOurs(c, "input");
    if (isErrorReport(payload.value)) return apologise(c, context.now, "input");
    const event = parseEvent(payload.value);
    // Another leg's answer to this prompt is nobody's.
    if (event.leg !== step.leg) return notOurs(c, "input");
    const said = withoutOurs(payload.value, PROMPT_PARAMETERS, c.req);
    const written = write(c, ways, step.leg, said, context.now);
    context.waitUntil(written);
    const [given] = await Promise.all([
      continueCall(payload.value, step, context),
      withTimeout(WRITE_MS, written).catch(() => undefined),
    ]);
    rememberRoute(ways, step.leg, given);
    const { leg, line } = step;
    const caller = callerIn(payload.value, line, step.caller);
    return ncco(c, context, { route: "input", kind: step.kind, leg, line, caller }, given);
  });

  app.on(METHODS, "/dialled/answer", async (c) => {
    const payload = c.var.payload;
    const dialled = await dialledOf(c.req.url, secretsOf(c));
    if (!payload.ok || dialled === null) return notOurs(c, "dialled");
    return await greet(c, ways, payload.value, dialled);
  });

  app.on(METHODS, "/dialled/event", async (c) => {
    const start = Date.now();
    const payload = c.var.payload;
    const dialled = await dialledOf(c.req.url, secretsOf(c));
    if (!payload.ok) {
      report(c, start, { route: "dialled", outcome: payload.error });
      return c.text(`${payload.error}\n`, 400);
    }
    const event = parseEvent(payload.value);
    const { leg } = event;
    const status = "status" in event ? event.status : null;
    const said = withoutOurs(payload.value, DIALLED_NAMES, c.req);
    if (event.kind === "error" && leg !== null) tellComplaint(c, leg, payload.value);
    return await acknowledged(c, start, { route: "dialled", status, leg }, async () => {
      if (leg === null) return await keepStray(c.env, event, said, start, null);
      const delivery = await deliveryOf(event, said, start);
      // A leg that we called has no line that could tell where it goes.
      const [delivered] = await Promise.all([
        deliver(c.env, ways, leg, delivery, dialled !== null),
        dialled && reportDialled(c.env, dialled, leg, status),
      ]);
      return { ...delivered };
    });
  });

  return app;
}

async function greet(
  c: Context<WebhookEnv>,
  ways: Routes,
  payload: Payload,
  dialled: Dialled,
): Promise<Response> {
  const context = contextOf(c, Date.now());
  if (isErrorReport(payload)) return apologise(c, context.now, "dialled");
  const request = parseAnswerRequest(payload);
  const { leg } = request;
  const { line } = dialled;
  const called = callerIn(payload, line, dialled.called);
  const given = await answerOutbound(request, called, dialled, context);
  rememberRoute(ways, leg, given);
  return ncco(c, context, { route: "dialled", kind: "answer", leg, line, caller: called }, given);
}

/**
 * What a fallback webhook stands in for, where that came to a URL of our own making: somebody whom we called is greeted, a
 * prompt is repeated. Null where it was neither.
 */
export async function standIn(
  c: Context<WebhookEnv>,
  ways: Routes,
  payload: Payload,
): Promise<Response | null> {
  const original = payload["original_request"];
  const url = isObject(original) ? text(original["url"], 2_048) : null;
  if (url === null || !URL.canParse(url)) return null;
  const dialled = await dialledOf(url, secretsOf(c));
  if (dialled !== null) return await greet(c, ways, payload, dialled);
  const step = await stepOf(url, secretsOf(c));
  if (step === null) return null;
  const context = contextOf(c, Date.now());
  const given = await repeatPrompt(step, context);
  const { kind, leg, line, caller } = step;
  return ncco(c, context, { route: "fallback", kind, leg, line, caller }, given);
}

/** Journals what a caller answered, without what it was. The caller is not kept waiting for a second try. */
async function write(
  c: Context<WebhookEnv>,
  ways: Routes,
  leg: string,
  payload: Payload,
  now: number,
): Promise<void> {
  try {
    const event = parseEvent(payload);
    await deliver(c.env, ways, leg, await deliveryOf(event, payload, now));
  } catch (error) {
    log("input not stored", { leg, reason: reasonOf(error) });
  }
}

function notOurs(c: Context<WebhookEnv>, route: string): Response {
  const { payload } = c.var;
  report(c, Date.now(), { route, outcome: payload.ok ? "not a URL of ours" : payload.error });
  return c.json(apologyNcco());
}
