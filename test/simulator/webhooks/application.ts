/** A Vonage application: where its webhooks go, how, and with which time limits (Vonage Application API, version 2). */
import type { Account } from "./signing.ts";

export type Method = "GET" | "POST";

export interface WebhookAddress {
  readonly url: string;
  readonly method: Method;
  /** How long a connection may take. */
  readonly connectTimeoutMs: number;
  /** How long the answer may take after that. */
  readonly socketTimeoutMs: number;
}

/** What a webhook is for. The fallback stands in for an answer. */
export type WebhookKind = "answer" | "event" | "fallback";

export interface Application {
  readonly account: Account;
  readonly webhooks: Readonly<Record<WebhookKind, WebhookAddress>>;
}

const CONNECT_TIMEOUT_MS = 1000;
const ANSWER_TIMEOUT_MS = 5000;
const EVENT_TIMEOUT_MS = 10_000;

/** How an application is called unless it says otherwise. */
export const DEFAULT_METHODS: Readonly<Record<WebhookKind, Method>> = {
  answer: "GET",
  fallback: "GET",
  event: "POST",
};

/**
 * An application that points at a bridge, with the carrier's own time limits.
 *
 * @param bridgeUrl The bridge's origin, without a slash at the end.
 * @param query What every address has as its own query, with its question mark; empty for none.
 */
export function createApplication(
  bridgeUrl: string,
  account: Account,
  methods: Readonly<Record<WebhookKind, Method>>,
  query = "",
): Application {
  const address = (kind: WebhookKind, socketTimeoutMs: number): WebhookAddress => ({
    url: `${bridgeUrl}/webhooks/${kind}${query}`,
    method: methods[kind],
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    socketTimeoutMs,
  });
  return {
    account,
    webhooks: {
      answer: address("answer", ANSWER_TIMEOUT_MS),
      fallback: address("fallback", ANSWER_TIMEOUT_MS),
      event: address("event", EVENT_TIMEOUT_MS),
    },
  };
}
