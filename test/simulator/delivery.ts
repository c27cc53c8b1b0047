/**
 * Sends one webhook as the carrier does: signed, within its time limits, and tried again where its rules say so (Vonage
 * Application API, and support article 115016024247).
 */
import type { Application, WebhookAddress, WebhookKind } from "./application.ts";
import type { Clock } from "./clock.ts";
import { exchange } from "./http-exchange.ts";
import type { HttpRequest, HttpResponse, NoResponse } from "./http-exchange.ts";
import { authorization, queryPayload } from "./signing.ts";
import type { Account, Stamp } from "./signing.ts";
import type { Payload } from "./wire.ts";

export interface Webhook {
  readonly kind: WebhookKind;
  /** What it tells: `answer`, `fallback`, an event's status, `transfer` or `error`. */
  readonly name: string;
  readonly leg: string;
  /** The token's id. All copies and attempts of a webhook share it, the harder of the two cases for a bridge. */
  readonly tokenId: string;
  readonly payload: Payload;
}

export interface RetryRule {
  /** How often a webhook is sent at most. */
  readonly attempts: number;
  /** Real milliseconds between two attempts. */
  readonly pauseMs: number;
}

/** One additional attempt, at once: no pause is documented. */
export const DOCUMENTED_RETRY: RetryRule = { attempts: 2, pauseMs: 0 };

/** What makes the carrier try again, beside time-outs and broken connections. Any other error is final at once. */
const RETRIED_STATUSES: Readonly<Record<WebhookKind, readonly number[]>> = {
  answer: [429, 503, 504],
  fallback: [429, 503, 504],
  event: [429, 502, 503, 504],
};

export interface DeliveryOptions {
  readonly application: Application;
  readonly clock: Clock;
  readonly retry: RetryRule;
}

/** What came of a webhook: the response that accepted it, or why the carrier gave up. */
export type Reply =
  | { readonly accepted: true; readonly contentType: string; readonly body: string }
  | { readonly accepted: false; readonly reason: string };

/** Sends a webhook until it is accepted or the retry rule ends. */
export async function deliver(webhook: Webhook, options: DeliveryOptions): Promise<Reply> {
  const address = options.application.webhooks[webhook.kind];
  const stamp: Stamp = { issuedAt: options.clock.now(), tokenId: webhook.tokenId };
  const request = encode(webhook.payload, address, options.application.account, stamp);
  for (let attempt = 1; ; attempt += 1) {
    const response = await exchange(request, address);
    if (isAccepted(response)) return { accepted: true, ...response };
    if (attempt >= options.retry.attempts || !isRetried(webhook.kind, response)) {
      return { accepted: false, reason: failure(response) };
    }
    await new Promise((resolve) => setTimeout(resolve, options.retry.pauseMs));
  }
}

/** Puts a payload on the wire: as a JSON body, or as a query in which objects are JSON texts. */
export function encode(
  payload: Payload,
  address: WebhookAddress,
  account: Account,
  stamp: Stamp,
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
  for (const [key, value] of Object.entries(payload)) url.searchParams.append(key, asText(value));
  const headers = { authorization: authorization(account, queryPayload(url.searchParams), stamp) };
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

function isRetried(kind: WebhookKind, response: HttpResponse | NoResponse): boolean {
  return response.status === null || RETRIED_STATUSES[kind].includes(response.status);
}

function failure(response: HttpResponse | NoResponse): string {
  return response.status === null ? response.reason : `HTTP ${response.status}`;
}
