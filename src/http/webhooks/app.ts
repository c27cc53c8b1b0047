/** The carrier's side of the Worker: every webhook route there is, and what each goes through before its handler. */
import { Hono } from "hono";
import { newRoutes } from "../../calls/deliver-event.ts";
import { answerWebhook } from "./answer.ts";
import { apologise, tooLarge, withinLimit } from "./body-limit.ts";
import { dialledAnswerWebhook, dialledEventWebhook } from "./dialled.ts";
import type { WebhookEnv } from "./env.ts";
import { eventWebhook } from "./event.ts";
import { fallbackWebhook } from "./fallback.ts";
import { inputWebhook } from "./input.ts";
import { misdirectedWebhook } from "./misdirected.ts";
import { recordingWebhook } from "./recording.ts";
import { requireSignature } from "./verify.ts";

const METHODS = ["GET", "POST"];

export function webhooks(): Hono<WebhookEnv> {
  const app = new Hono<WebhookEnv>();
  const routes = newRoutes();

  // Before the other checks: what they refuse is one of the reasons to call the fallback, which always replies 200.
  app.use("/fallback", withinLimit(apologise));
  app.on(METHODS, "/fallback", fallbackWebhook(routes));

  app.use(withinLimit(tooLarge));
  app.use(requireSignature);

  app.on(METHODS, "/answer", answerWebhook(routes));
  app.on(METHODS, ["/event", "/events"], eventWebhook(routes));

  // URLs that we give to the carrier, each with a code of ours.
  app.on(METHODS, "/input", inputWebhook(routes));
  app.on(METHODS, "/recording", recordingWebhook(routes));
  app.on(METHODS, "/dialled/answer", dialledAnswerWebhook(routes));
  app.on(METHODS, "/dialled/event", dialledEventWebhook(routes));

  app.all("*", misdirectedWebhook);
  return app;
}
