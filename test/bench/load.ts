/** A closed loop of webhooks: each of some callers at a time sends its next one when the last was answered. */
import http from "node:http";
import { authorization } from "../simulator/webhooks/signing.ts";
import type { Payload } from "../simulator/webhooks/wire.ts";
import { ACCOUNT } from "./servers.ts";

export interface Prepared {
  readonly path: string;
  readonly body: string;
  readonly headers: http.OutgoingHttpHeaders;
}

/** What one run took. Times in milliseconds, sorted. */
export interface Run {
  readonly latencies: readonly number[];
  readonly seconds: number;
}

/** A webhook, signed beforehand, so that the load's own work is not measured. */
export function prepare(route: "answer" | "event", payload: Payload): Prepared {
  const body = JSON.stringify(payload);
  const stamp = { issuedAt: Date.now(), tokenId: crypto.randomUUID() };
  return {
    path: `/webhooks/${route}`,
    body,
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: authorization(ACCOUNT, body, stamp),
    },
  };
}

/** Sends webhooks over `callers` kept connections. @throws at the first that is not accepted. */
export async function send(
  url: string,
  webhooks: readonly Prepared[],
  callers: number,
): Promise<Run> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  const latencies: number[] = [];
  const queue = webhooks.values();
  const start = performance.now();
  const caller = async (): Promise<void> => {
    for (const webhook of queue) latencies.push(await exchange(url, webhook, agent));
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  return { latencies: latencies.toSorted((a, b) => a - b), seconds };
}

function exchange(url: string, webhook: Prepared, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const options = { method: "POST", agent, headers: webhook.headers };
    const request = http.request(url + webhook.path, options, (response) => {
      response.resume();
      response.once("end", () => {
        const { statusCode = 0 } = response;
        if (statusCode === 200 || statusCode === 204) resolve(performance.now() - start);
        else reject(new Error(`${webhook.path} answered ${statusCode}`));
      });
    });
    request.once("error", reject);
    request.end(webhook.body);
  });
}
