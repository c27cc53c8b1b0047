/** Webhook tokens as nobody should make them, and what is said about the requests that carry them. */
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { ACCOUNT, ORIGIN, send, sendWith } from "./bridge.ts";

/** The caller of every call in the tests. */
export const CALLER = "447700900123";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** The claims of a token that is as it should be. */
export function claimsFor(body: string, changes: Readonly<Record<string, unknown>> = {}) {
  return {
    iat: Math.floor(Date.now() / 1000),
    jti: crypto.randomUUID(),
    iss: "Vonage",
    payload_hash: sha256(body),
    api_key: ACCOUNT.apiKey,
    application_id: ACCOUNT.applicationId,
    ...changes,
  };
}

/** A token with any header and any claims (text goes as it is), and an HMAC over them. */
export function token(
  claims: unknown,
  header: unknown = { alg: "HS256", typ: "JWT" },
  key: { secret?: string; hash?: "sha256" | "sha512" } = {},
): string {
  const signed = `${base64url(header)}.${base64url(claims)}`;
  const hmac = createHmac(key.hash ?? "sha256", key.secret ?? ACCOUNT.signatureSecret);
  return `${signed}.${hmac.update(signed).digest("base64url")}`;
}

/** A POST whose Authorization header is `header`, none where that is null. */
export function post(
  path: string,
  body: string | Uint8Array | ReadableStream,
  header: string | null,
): Request {
  const headers = new Headers({ "content-type": "application/json" });
  if (header !== null) headers.set("authorization", header);
  return new Request(`${ORIGIN}${path}`, { method: "POST", headers, body });
}

export interface Exchange {
  status: number;
  body: string;
  /** What was logged meanwhile, one line each. */
  logs: string[];
}

/**
 * Sends a request, with some settings changed, and sees to it that neither the response nor a log line has the
 * request's token, a secret or the caller's number in it.
 */
export async function exchange(
  request: Request,
  settings: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  const authorization = request.headers.get("authorization") ?? "";
  const spy = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const { response, settled } = Object.keys(settings).length
    ? await sendWith(settings, request)
    : { response: await send(request), settled: async () => undefined };
  const body = await response.text();
  await settled();
  const logs = spy.mock.calls.map((args) => args.map(String).join(" "));
  spy.mockRestore();

  const said = [body, ...logs, JSON.stringify([...response.headers])].join("\n");
  const secrets = [ACCOUNT.signatureSecret, env.API_TOKEN ?? "", ...Object.values(settings)];
  const parts = authorization.split(/[\s.]+/).filter((part) => part.length > 16);
  for (const secret of [CALLER, ...secrets.flatMap((value) => value.split(" ")), ...parts]) {
    if (secret.length > 8) expect(said).not.toContain(secret);
  }
  return { status: response.status, body, logs };
}

/** Sees to it that no test of a file makes a Durable Object: none was asked for anything, so nothing can have changed. */
export function expectNothingStored(): void {
  let before: unknown[] = [];
  beforeEach(async () => {
    before = await storedObjects();
  });
  afterEach(async () => {
    expect(await storedObjects()).toEqual(before);
  });
}

async function storedObjects(): Promise<string[]> {
  const ids = await Promise.all([
    listDurableObjectIds(env.SWITCHBOARD),
    listDurableObjectIds(env.CONFERENCE),
  ]);
  return ids.flat().map(String).toSorted();
}
