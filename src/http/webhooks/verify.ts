/** Middleware of the webhooks: nothing reaches a handler that is not signed, readable and of a sane size. */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { log } from "../../lib/log.ts";
import { maskNumbers } from "../../lib/masking/mask.ts";
import {
  secretProblem,
  signatureSecrets,
  trustedAccount,
  unexplainedGetAllowed,
  unsignedAllowed,
} from "../../config/settings.ts";
import { failedWebhook } from "../../vonage/answer-request.ts";
import { parseBody, parseQuery } from "../../vonage/payload.ts";
import { contentHash, verifySignature } from "../../vonage/signature.ts";
import { tokenContent, TokenMemory } from "../../vonage/token-memory.ts";
import { UNEXPLAINED_GET, type Distrust, type Received, type WebhookEnv } from "./env.ts";
import { tellRefused, tellUnexplained, tellUnreadable } from "./problems.ts";

const FORM = /^application\/x-www-form-urlencoded\b/i;

const tokens = new TokenMemory();

/**
 * Reads a webhook once, as bytes, and checks its signature over them; what it says is for handlers then. Why it is not to be
 * trusted, or null where it is. Problems are told of.
 */
export async function checkWebhook(c: Context<WebhookEnv>): Promise<Distrust | null> {
  const { raw } = c.req;
  const url = new URL(raw.url);
  const body = new Uint8Array(await raw.arrayBuffer());
  const hash = await contentHash(raw.method, body, url.searchParams);
  const isForm = FORM.test(raw.headers.get("content-type") ?? "");
  const payload = raw.method === "GET" ? parseQuery(url.searchParams) : parseBody(body, isForm);
  const { distrust, unexplained } = await trustIn(c, url, hash, payload);
  c.set("payload", payload);
  c.set("unexplained", unexplained);
  if (distrust !== null) tellRefused(c, distrust);
  else if (!payload.ok) tellUnreadable(c, payload.error);
  else if (unexplained) tellUnexplained(c);
  return distrust;
}

interface Trust {
  distrust: Distrust | null;
  unexplained: boolean;
}

const TRUSTED: Trust = { distrust: null, unexplained: false };

async function trustIn(
  c: Context<WebhookEnv>,
  url: URL,
  hash: string,
  payload: Received,
): Promise<Trust> {
  const { env } = c;
  const { method, headers } = c.req.raw;
  const secrets = signatureSecrets(env, url.hostname);
  const authorization = headers.get("authorization");
  if (unsignedAllowed(env) && (secrets.length === 0 || authorization === null)) return TRUSTED;
  if (secrets.length === 0) return refused(`VONAGE_SIGNATURE_SECRET ${secretProblem(env)}`);

  const signed = { authorization, method, contentHash: hash };
  const result = await verifySignature(signed, { secrets, ...trustedAccount(env) }, Date.now());
  if (!result.ok) return refused(result.error);
  const { token, hashExplained } = result.value;
  if (!hashExplained && !unexplainedGetAllowed(env) && !isAnswer(c.req.path, payload)) {
    return refused(UNEXPLAINED_GET);
  }
  // Only what is taken is remembered: what is not must not keep the real one out.
  return tokens.vouches(token, await tokenContent(method, url, hash), hashExplained)
    ? { distrust: null, unexplained: !hashExplained }
    : refused("token of another webhook");
}

function refused(distrust: Distrust): Trust {
  return { distrust, unexplained: false };
}

/** A caller must not be dropped over a doubt about the carrier's rules. What ends or moves legs can wait for certainty. */
function isAnswer(path: string, payload: Received): boolean {
  if (path === "/webhooks/answer") return true;
  return path === "/webhooks/fallback" && payload.ok && failedWebhook(payload.value) === "answer";
}

/**
 * Refuses what is not trusted: 503 where trying again can help (the carrier repeats an unsigned webhook signed, and a
 * missing secret may be set meanwhile), 401 for a signature that is wrong. The reason goes to the log alone.
 */
export const requireSignature = createMiddleware<WebhookEnv>(
  async function requireSignature(c, next) {
    const distrust = await checkWebhook(c);
    if (distrust === null) return await next();
    log("webhook refused", { route: maskNumbers(c.req.path), reason: distrust });
    if (distrust.startsWith("VONAGE_SIGNATURE_SECRET")) return c.text(`${distrust}\n`, 503);
    return distrust === "no Authorization header"
      ? c.text("unsigned\n", 503)
      : c.text("unauthorized\n", 401);
  },
);
