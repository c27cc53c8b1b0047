/** The carrier as the outbox reaches it: within its time, with a token, and without ever throwing. */
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { RestReply } from "../vonage/rest/replies.ts";
import type { RestRequest } from "../vonage/rest/requests.ts";

/** The carrier usually takes well below a second. Without a time of one's own a request can hang for minutes. */
const REPLY_MS = 10_000;

/** The carrier's reply; null where none came, and nobody knows whether the request arrived. */
export async function askCarrier(
  { method, url, body }: RestRequest,
  token: string,
): Promise<RestReply | null> {
  const ending = new AbortController();
  try {
    return await withTimeout(
      REPLY_MS,
      exchange(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === null ? {} : { "content-type": "application/json" }),
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
        // A redirect that is followed would take the token along.
        redirect: "manual",
        signal: ending.signal,
      }),
    );
  } catch (error) {
    log("carrier did not answer", { method, reason: reasonOf(error) });
    return null;
  } finally {
    ending.abort();
  }
}

async function exchange(url: string, init: RequestInit): Promise<RestReply> {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.text() };
}
