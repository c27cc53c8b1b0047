/** Middleware of the webhooks: nothing reaches a handler that is not signed, readable and of a sane size. */
import { createMiddleware } from "hono/factory";
import { log } from "../lib/log.ts";
import { hex, sha256 } from "../lib/secret.ts";
import { signatureSecrets, unsignedAllowed } from "../lib/settings.ts";
import { parseBody, parseQuery, type Payload, type PayloadError } from "../vonage/payload.ts";
import { verifySignature, type SignatureError } from "../vonage/signature.ts";
import type { Result } from "../lib/result.ts";

export interface Webhook {
  payload: Result<Payload, PayloadError>;
  /** A hash of all that came, the same for a repetition. */
  digest: string;
}

export interface WebhookEnv {
  Bindings: Env;
  Variables: { webhook: Webhook };
}

/** Why a webhook is not trusted. */
export type Distrust =
  | SignatureError
  | "VONAGE_SIGNATURE_SECRET is not set"
  | "VONAGE_SIGNATURE_SECRET is the published one";

export interface Checked {
  webhook: Webhook;
  distrust: Distrust | null;
}

/** Reads a webhook once, as bytes, and checks its signature over them. */
export async function checkWebhook(request: Request, env: Env): Promise<Checked> {
  const url = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const isGet = request.method === "GET";
  const bytes = isGet ? new TextEncoder().encode(url.search) : body;
  const webhook = {
    payload: isGet ? parseQuery(url.searchParams) : parseBody(body),
    digest: hex(await sha256(bytes)).slice(0, 32),
  };
  return { webhook, distrust: await distrustOf(request, url, body, env) };
}

async function distrustOf(
  request: Request,
  url: URL,
  body: Uint8Array,
  env: Env,
): Promise<Distrust | null> {
  const secrets = signatureSecrets(env, url.hostname);
  if (secrets.length === 0) {
    if (unsignedAllowed(env)) return null;
    return env.VONAGE_SIGNATURE_SECRET
      ? "VONAGE_SIGNATURE_SECRET is the published one"
      : "VONAGE_SIGNATURE_SECRET is not set";
  }
  const authorization = request.headers.get("authorization");
  if (authorization === null && unsignedAllowed(env)) return null;
  const trust = {
    secrets,
    apiKey: env.VONAGE_API_KEY?.trim() || null,
    applicationId: env.VONAGE_APPLICATION_ID?.trim() || null,
  };
  const signed = { authorization, method: request.method, body, query: url.searchParams };
  const result = await verifySignature(signed, trust, Date.now());
  if (!result.ok) return result.error;
  if (!result.value.hashExplained) {
    log("payload_hash of a GET not explained", { route: url.pathname });
  }
  return null;
}

/**
 * Refuses what is not trusted: 503 where trying again can help (the carrier repeats an unsigned webhook signed, and a
 * missing secret may be set meanwhile), 401 for a signature that is wrong. The reason goes to the log alone.
 */
export const verified = createMiddleware<WebhookEnv>(async function verified(c, next) {
  const { webhook, distrust } = await checkWebhook(c.req.raw, c.env);
  if (distrust !== null) {
    log("webhook refused", { route: c.req.path, reason: distrust });
    if (distrust.startsWith("VONAGE_SIGNATURE_SECRET")) return c.text(`${distrust}\n`, 503);
    return distrust === "no Authorization header"
      ? c.text("unsigned\n", 503)
      : c.text("unauthorized\n", 401);
  }
  c.set("webhook", webhook);
  return await next();
});
