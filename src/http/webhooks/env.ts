/** What is known of a webhook on its way through the routes. */
import type { Context } from "hono";
import { maskNumbers } from "../../lib/masking/mask.ts";
import type { Result } from "../../lib/result.ts";
import type { Payload, PayloadError } from "../../vonage/payload.ts";
import type { SignatureError } from "../../vonage/signature.ts";

/** What a webhook said, or why it cannot be read. */
export type Received = Result<Payload, PayloadError>;

export interface WebhookEnv {
  Bindings: Env;
  /** Set once it was checked. */
  Variables: {
    payload: Received;
    /** Whether it came by GET with a hash that the documented rule does not explain, and was taken all the same. */
    unexplained: boolean;
  };
}

export type WebhookHandler = (c: Context<WebhookEnv>) => Promise<Response>;

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
