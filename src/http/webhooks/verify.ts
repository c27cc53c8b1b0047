/** The signature check of the webhooks. */
import { createMiddleware } from "hono/factory";
import { CallContext } from "../../calls/context.ts";
import { log } from "../../lib/log.ts";
import { maskNumbers } from "../../lib/masking/mask.ts";
import {
  secretProblem,
  trustedAccount,
  unexplainedGetAllowed,
  unsignedAllowed,
} from "../../config/settings.ts";
import { failedWebhook } from "../../vonage/answer-request.ts";
import { parseBody, parseQuery } from "../../vonage/payload.ts";
import { contentHash, verifySignature } from "../../vonage/signature.ts";
import { tokenContent, TokenMemory } from "../../vonage/token-memory.ts";
import {
  UNEXPLAINED_GET,
  type Distrust,
  type Received,
  type WebhookContext,
  type WebhookEnv,
} from "./env.ts";
import { reportRefused, reportUnexplained, reportUnreadable } from "./problems.ts";

const FORM = /^application\/x-www-form-urlencoded\b/i;

const tokens = new TokenMemory();

/**
 * Reads a webhook's body once, as bytes, and checks the signature over them. Sets the payload and the call's context for
 * the handlers, and reports problems. Returns why the webhook is not trusted; null where it is.
 */
export async function checkWebhook(c: WebhookContext): Promise<Distrust | null> {
  const { raw } = c.req;
  const url = new URL(raw.url);
  const body = new Uint8Array(await raw.arrayBuffer());
  const call = new CallContext(c.env, url, Date.now(), (work) => c.executionCtx.waitUntil(work));
  const hash = await contentHash(raw.method, body, url.searchParams);
  const isForm = FORM.test(raw.headers.get("content-type") ?? "");
  const payload = raw.method === "GET" ? parseQuery(url.searchParams) : parseBody(body, isForm);
  const { distrust, unexplained } = await trustIn(c, call, hash, payload);
  call.unexplained = unexplained;
  c.set("payload", payload);
  c.set("call", call);
  if (distrust !== null) reportRefused(c, distrust);
  else if (!payload.ok) reportUnreadable(c, payload.error);
  else if (unexplained) reportUnexplained(c);
  return distrust;
}

interface Trust {
  distrust: Distrust | null;
  unexplained: boolean;
}

const TRUSTED: Trust = { distrust: null, unexplained: false };

async function trustIn(
  c: WebhookContext,
  { env, url, secrets, now }: CallContext,
  hash: string,
  payload: Received,
): Promise<Trust> {
  const { method, headers } = c.req.raw;
  const authorization = headers.get("authorization");
  if (unsignedAllowed(env) && (secrets.length === 0 || authorization === null)) return TRUSTED;
  if (secrets.length === 0) return refused(`VONAGE_SIGNATURE_SECRET ${secretProblem(env)}`);

  const signed = { authorization, method, contentHash: hash };
  const result = await verifySignature(signed, { secrets, ...trustedAccount(env) }, now);
  if (!result.ok) return refused(result.error);
  const { token, hashExplained } = result.value;
  if (!hashExplained && !unexplainedGetAllowed(env) && !isAnswer(c.req.path, payload)) {
    return refused(UNEXPLAINED_GET);
  }
  // Only tokens of accepted webhooks are remembered: a refused webhook must not use up the token of the real one.
  return tokens.vouches(token, await tokenContent(method, url, hash), hashExplained)
    ? { distrust: null, unexplained: !hashExplained }
    : refused("token of another webhook");
}

function refused(distrust: Distrust): Trust {
  return { distrust, unexplained: false };
}

/** Answers are accepted in doubt, so that no caller is dropped over it. Events, which end or move legs, are not. */
function isAnswer(path: string, payload: Received): boolean {
  if (path === "/webhooks/answer") return true;
  return path === "/webhooks/fallback" && payload.ok && failedWebhook(payload.value) === "answer";
}

/**
 * Refuses webhooks that are not trusted. 503 where a retry can help: the carrier repeats an unsigned webhook signed, and a
 * missing secret may be set meanwhile. 401 for a wrong signature. The reason goes to the log alone.
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
