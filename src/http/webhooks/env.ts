/** What the middleware and the handlers of the webhooks share about a request. */
import type { Context } from "hono";
import type { CallContext } from "../../calls/context.ts";
import type { RouteCache } from "../../calls/deliver-event.ts";
import { maskNumbers } from "../../lib/masking/mask.ts";
import type { Result } from "../../lib/result.ts";
import type { Payload, PayloadError } from "../../vonage/payload.ts";
import type { SignatureError } from "../../vonage/signature.ts";

/** What a webhook said, or why it cannot be read. */
export type Received = Result<Payload, PayloadError>;

export interface WebhookEnv {
  Bindings: Env;
  /** Set by the signature check. */
  Variables: { payload: Received; call: CallContext };
}

export type WebhookContext = Context<WebhookEnv>;

/** Makes the handler of a webhook. The route cache belongs to the app, so one app is one isolate's memory of routes. */
export type Webhook = (routes: RouteCache) => (c: WebhookContext) => Promise<Response> | Response;

export const UNEXPLAINED_GET = "payload_hash of a GET that no rule explains";

/** Why a webhook is not trusted. */
export type Distrust =
  | SignatureError
  | typeof UNEXPLAINED_GET
  | "token of another webhook"
  | `VONAGE_SIGNATURE_SECRET ${"is not set" | "is the published one"}`;

/** A request's content type, for people; empty where it has none. */
export function contentType(c: Context): string {
  return maskNumbers(c.req.header("content-type") ?? "");
}
