/** Sends one webhook as the carrier does: signed, within its time limits, and tried again where its rules say so. */
import type { Application, Method, WebhookAddress, WebhookKind } from "./application.ts";
import type { Clock } from "../carrier/clock.ts";
import { exchange } from "./http-exchange.ts";
import type { HttpRequest, HttpResponse, NoResponse } from "./http-exchange.ts";
import type { RetryRule } from "./retry.ts";
import { authorization, hashedQuery } from "./signing.ts";
import type { Account, GetHash, Stamp } from "./signing.ts";
import type { Payload } from "./wire.ts";

export interface Webhook {
  readonly kind: WebhookKind;
  /** What it tells: `answer`, `fallback`, an event's status, `transfer`, `input`, `error` and so on. */
  readonly name: string;
  readonly leg: string;
  /** The token's id. All copies and attempts of a webhook share it, the harder of the two cases for a bridge. */
  readonly tokenId: string;
  readonly payload: Payload;
  /** Where it goes if not to the application's own URL for its kind. */
  readonly to?: { readonly url: string; readonly method: Method };
  /** How far the clock that dates its token is ahead of the real one, in milliseconds. */
  readonly skewMs?: number;
}

/** What goes wrong with every attempt but the last on the carrier's side: it is not signed, or not waited for. */
export type EarlyTries = "usual" | "unsigned" | "impatient";

/** Real milliseconds that an impatient carrier waits for an answer: now and then enough, mostly not. */
const IMPATIENCE_MS = 4;

export interface DeliveryOptions {
  readonly application: Application;
  readonly clock: Clock;
  readonly retry: RetryRule;
  /** By the support article where missing. */
  readonly getHash?: GetHash;
}

/** What came of a webhook: the response that accepted it, or why the carrier gave up. */
export type Reply =
  | { readonly accepted: true; readonly contentType: string; readonly body: string }
  | { readonly accepted: false; readonly reason: string };

/** Sends a webhook until it is accepted or the retry rule ends. */
export async function deliver(
  webhook: Webhook,
  options: DeliveryOptions,
  earlyTries: EarlyTries = "usual",
): Promise<Reply> {
  const address = { ...options.application.webhooks[webhook.kind], ...webhook.to };
  const issuedAt = options.clock.now() + (webhook.skewMs ?? 0);
  const stamp: Stamp = { issuedAt, tokenId: webhook.tokenId };
  const { account } = options.application;
  const request = encode(webhook.payload, address, account, stamp, options.getHash);
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= options.retry.attempts;
    const [sent, limits] = isLast ? [request, address] : spoilt(request, address, earlyTries);
    const response = await exchange(sent, limits);
    if (isAccepted(response)) return { accepted: true, ...response };
    if (isLast || !isRetried(webhook.kind, response, options.retry)) {
      return { accepted: false, reason: failure(response) };
    }
    await new Promise((resolve) => setTimeout(resolve, options.retry.pauseMs));
  }
}

function spoilt(
  request: HttpRequest,
  address: WebhookAddress,
  earlyTries: EarlyTries,
): [HttpRequest, WebhookAddress] {
  if (earlyTries === "impatient") return [request, { ...address, socketTimeoutMs: IMPATIENCE_MS }];
  if (earlyTries === "usual") return [request, address];
  const { authorization: _, ...headers } = request.headers;
  return [{ ...request, headers }, address];
}

/** Puts a payload on the wire: as a JSON body, or as a query in which objects are JSON texts. */
export function encode(
  payload: Payload,
  address: WebhookAddress,
  account: Account,
  stamp: Stamp,
  getHash: GetHash = "article",
): HttpRequest {
  if (address.method === "POST") {
    const body = JSON.stringify(payload);
    const headers = {
      authorization: authorization(account, body, stamp),
      "content-type": "application/json",
    };
    return { url: address.url, method: "POST", headers, body };
  }
  const url = new URL(address.url);
  const own = new Set(url.searchParams.keys());
  for (const [key, value] of Object.entries(payload)) url.searchParams.append(key, asText(value));
  const headers = { authorization: authorization(account, hashedQuery(url, own, getHash), stamp) };
  return { url: url.href, method: "GET", headers, body: "" };
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** "Any status code between 200 OK and 205 Reset Content" (Vonage, "Webhooks" guide). */
function isAccepted(response: HttpResponse | NoResponse): response is HttpResponse {
  return response.status !== null && response.status >= 200 && response.status <= 205;
}

function isRetried(
  kind: WebhookKind,
  { status }: HttpResponse | NoResponse,
  rule: RetryRule,
): boolean {
  return status === null || rule.isRetried(kind, status);
}

function failure(response: HttpResponse | NoResponse): string {
  return response.status === null ? response.reason : `HTTP ${response.status}`;
}
