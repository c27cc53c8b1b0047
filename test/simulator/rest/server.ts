/** The carrier's REST side as a server on this machine. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RestApi } from "./api.ts";
import type { RestApiOptions } from "./api.ts";
import { errorReply } from "./reply.ts";
import type { Reply } from "./reply.ts";

export interface RestServerOptions extends RestApiOptions {
  /** The port on 127.0.0.1; 0 takes any that is free. */
  readonly port: number;
}

export interface RestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** What it saw, and what goes wrong with it. */
  readonly api: RestApi;
  /** Ends the server, requests under way included. */
  stop(): Promise<void>;
}

/** No documented body comes near it. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Starts the server and resolves when it accepts requests.
 *
 * @throws Error where the port is taken.
 */
export async function startRestServer(options: RestServerOptions): Promise<RestServer> {
  const server = createServer();
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a network server");
  const url = `http://127.0.0.1:${address.port}`;

  const api = new RestApi(options, url);
  server.on("request", (request, response) => {
    // A client that goes away in the middle is no concern of the carrier's.
    serve(api, request, response).catch(() => response.destroy());
  });
  return {
    url,
    api,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  api: RestApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const { method = "", url: target = "", headers } = request;
  const { authorization, "content-type": contentType } = headers;
  const reply =
    body === null
      ? errorReply(413)
      : await api.handle({ method, target, authorization, contentType, body });
  if (reply === null) response.destroy();
  else await send(reply, response);
}

/** The body as text, or null where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length <= MAX_BODY_BYTES) pieces.push(piece);
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(pieces).toString("utf8") : null;
}

async function send({ status, contentType, body }: Reply, response: ServerResponse): Promise<void> {
  if (contentType !== null) response.setHeader("content-type", contentType);
  response.statusCode = status;
  if (body instanceof Uint8Array) response.end(body);
  else await pipeline(Readable.from(body), response);
}
