/** Every route of the carrier's webhooks, with its middleware, in order. */
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { newRouteCache } from "../../calls/deliver-event.ts";
import { apologyNcco } from "../../lines/speech/prompts.ts";
import { answerWebhook } from "./answer.ts";
import { dialledAnswerWebhook, dialledEventWebhook } from "./dialled.ts";
import type { WebhookContext, WebhookEnv } from "./env.ts";
import { eventWebhook } from "./event.ts";
import { fallbackWebhook } from "./fallback.ts";
import { inputWebhook } from "./input.ts";
import { misdirected } from "./misdirected.ts";
import { recordingWebhook } from "./recording.ts";
import { tooLarge } from "./respond.ts";
import { requireSignature } from "./verify.ts";

/** Larger than any webhook is. */
const MAX_BODY_BYTES = 65_536;
/** Each of the carrier's webhooks can be set to either. */
const METHODS = ["GET", "POST"];

export function webhooks(): Hono<WebhookEnv> {
  const app = new Hono<WebhookEnv>();
  const routes = newRouteCache();

  // Before the signature check, which is one of the reasons for which the carrier falls back: this route always answers.
  app.use(
    "/fallback",
    atMostMaxBody((c) => c.json(apologyNcco())),
  );
  app.on(METHODS, "/fallback", fallbackWebhook(routes));

  app.use(atMostMaxBody(tooLarge));
  app.use(requireSignature);

  app.on(METHODS, "/answer", answerWebhook(routes));
  app.on(METHODS, ["/event", "/events"], eventWebhook(routes));
  app.on(METHODS, "/recording", recordingWebhook(routes));
  app.on(METHODS, "/input", inputWebhook(routes));
  app.on(METHODS, "/dialled/answer", dialledAnswerWebhook(routes));
  app.on(METHODS, "/dialled/event", dialledEventWebhook(routes));
  app.all("*", misdirected);
  return app;
}

function atMostMaxBody(onError: (c: WebhookContext) => Response): MiddlewareHandler<WebhookEnv> {
  return bodyLimit({ maxSize: MAX_BODY_BYTES, onError });
}
