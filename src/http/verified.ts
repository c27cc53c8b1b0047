/** Middleware of the webhooks: nothing reaches a handler that is not signed, readable and of a sane size. */
import { createMiddleware } from "hono/factory";
import { tellProblem } from "../directory/notices.ts";
import { log } from "../lib/log.ts";
import {
  secretProblem,
  signatureSecrets,
  trustedAccount,
  unsignedAllowed,
} from "../lib/settings.ts";
import { parseBody, parseQuery, type Payload, type PayloadError } from "../vonage/payload.ts";
import { contentHash, verifySignature, type SignatureError } from "../vonage/signature.ts";
import type { Result } from "../lib/result.ts";

/** What a webhook said, or why it cannot be read. */
export type Received = Result<Payload, PayloadError>;

export interface WebhookEnv {
  Bindings: Env;
  Variables: { payload: Received };
}

/** Why a webhook is not trusted. */
export type Distrust =
  | SignatureError
  | `VONAGE_SIGNATURE_SECRET ${"is not set" | "is the published one"}`;

/** Reads a webhook once, as bytes, and checks its signature over them. `distrust` is null where it holds. */
export async function checkWebhook(
  request: Request,
  env: Env,
): Promise<{ payload: Received; distrust: Distrust | null }> {
  const url = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const hash = await contentHash(request.method, body, url.searchParams);
  const payload = request.method === "GET" ? parseQuery(url.searchParams) : parseBody(body);
  return { payload, distrust: await distrustOf(request, url, hash, env) };
}

async function distrustOf(
  { method, headers }: Request,
  { hostname, pathname }: URL,
  hash: string,
  env: Env,
): Promise<Distrust | null> {
  const secrets = signatureSecrets(env, hostname);
  const authorization = headers.get("authorization");
  if (unsignedAllowed(env) && (secrets.length === 0 || authorization === null)) return null;
  if (secrets.length === 0) return `VONAGE_SIGNATURE_SECRET ${secretProblem(env)}`;

  const signed = { authorization, method, contentHash: hash };
  const result = await verifySignature(signed, { secrets, ...trustedAccount(env) }, Date.now());
  if (!result.ok) return result.error;
  if (!result.value.hashExplained) log("payload_hash of a GET not explained", { route: pathname });
  return null;
}

/**
 * Refuses what is not trusted: 503 where trying again can help (the carrier repeats an unsigned webhook signed, and a
 * missing secret may be set meanwhile), 401 for a signature that is wrong. The reason goes to the log alone.
 */
export const verified = createMiddleware<WebhookEnv>(async function verified(c, next) {
  const { payload, distrust } = await checkWebhook(c.req.raw, c.env);
  if (distrust !== null) {
    log("webhook refused", { route: c.req.path, reason: distrust });
    const waitUntil = (work: Promise<unknown>): void => c.executionCtx.waitUntil(work);
    const detail = `A webhook to ${c.req.path} was refused: ${distrust}.`;
    tellProblem(c.env, waitUntil, { kind: "webhook-refused", subject: distrust, detail });
    if (distrust.startsWith("VONAGE_SIGNATURE_SECRET")) return c.text(`${distrust}\n`, 503);
    return distrust === "no Authorization header"
      ? c.text("unsigned\n", 503)
      : c.text("unauthorized\n", 401);
  }
  c.set("payload", payload);
  return await next();
});
