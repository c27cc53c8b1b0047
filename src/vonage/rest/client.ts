/**
 * Sends requests to the carrier: with a token, within a time limit, and without ever throwing. The rest of this folder is pure; this
 * file is its only effect.
 */
import { withTimeout } from "../../lib/deadline.ts";
import { log, reasonOf } from "../../lib/log.ts";
import type { RestReply } from "./replies.ts";
import type { RestRequest } from "./requests.ts";

/** The carrier usually takes well below a second. Without a limit a request can hang for minutes. */
const REPLY_MS = 10_000;

/** What `read` makes of the response; null if none came in time, and then nobody knows whether the request arrived. */
export async function send<T>(
  { method, url, body }: RestRequest,
  token: string | Promise<string>,
  read: (response: Response) => Promise<T>,
): Promise<T | null> {
  const ending = new AbortController();
  try {
    const asked = fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body && { "content-type": "application/json" }),
      },
      body: body && JSON.stringify(body),
      // A redirect that is followed would take the token along.
      redirect: "manual",
      signal: ending.signal,
    });
    return await withTimeout(REPLY_MS, asked.then(read));
  } catch (error) {
    ending.abort();
    log("carrier did not answer", { method, reason: reasonOf(error) });
    return null;
  }
}

/** The carrier's whole reply. */
export async function askCarrier(request: RestRequest, token: string): Promise<RestReply | null> {
  return await send(request, token, async (response) => ({
    status: response.status,
    body: await response.text(),
  }));
}
