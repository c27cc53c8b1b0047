/** A bridge that lies: a proxy in front of a real one that swallows webhooks, or changes what the API says. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listen } from "./loopback.ts";

export interface Lie {
  /** Whether an event webhook is acknowledged and never handed on; by its body. */
  readonly swallows?: (body: string) => boolean;
  /** Changes the answer to `GET /api/conferences/:name`. */
  readonly bends?: (view: ConferenceAnswer) => void;
}

/** What of that answer a lie can be about. */
export interface ConferenceAnswer {
  count: number;
  participants: { leg: string; phase: string }[];
}

export interface LyingProxy {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  close(): void;
}

/** Starts a proxy in front of the bridge at `url`. */
export async function startLyingProxy(url: string, lie: Lie): Promise<LyingProxy> {
  const server = createServer((request, response) => {
    handle(request, response, url, lie).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  return {
    url: await listen(server),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  lie: Lie,
): Promise<void> {
  const body = await readAll(request);
  const path = request.url ?? "/";
  if (path.startsWith("/webhooks/event") && lie.swallows?.(body) === true) {
    response.writeHead(204).end();
    return;
  }
  const { authorization = "", "content-type": type = "application/json" } = request.headers;
  const answer = await fetch(`${url}${path}`, {
    method: request.method ?? "GET",
    headers: { authorization, "content-type": type },
    ...(request.method === "POST" ? { body } : {}),
  });
  const text = await answer.text();
  const isConference = /^\/api\/conferences\/[^/]+$/.test(path) && answer.status === 200;
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(isConference && lie.bends !== undefined ? bent(text, lie.bends) : text);
}

function bent(text: string, bends: (view: ConferenceAnswer) => void): string {
  const view = JSON.parse(text) as ConferenceAnswer;
  bends(view);
  return JSON.stringify(view);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
