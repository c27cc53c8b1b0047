/**
 * One HTTP request, with the carrier's two time limits kept apart: how long a connection may take, and how long the
 * answer may take after it.
 */
import http from "node:http";
import https from "node:https";
import { URL } from "node:url";
import type { Method } from "./application.ts";

export interface HttpRequest {
  readonly url: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for a GET. */
  readonly body: string;
}

export interface TimeLimits {
  readonly connectTimeoutMs: number;
  readonly socketTimeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Empty where the server sends none. */
  readonly contentType: string;
  readonly body: string;
}

/** Nothing came back. */
export interface NoResponse {
  readonly status: null;
  readonly reason: string;
}

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

/** Sends a request. What goes wrong is a value, never an exception. */
export function exchange(
  request: HttpRequest,
  limits: TimeLimits,
): Promise<HttpResponse | NoResponse> {
  return new Promise((resolve) => {
    const url = new URL(request.url);
    const secure = url.protocol === "https:";
    const outgoing = (secure ? https : http).request(url, {
      method: request.method,
      headers: request.headers,
      agent: secure ? agents["https:"] : agents["http:"],
    });
    const giveUp = (reason: string): void => {
      outgoing.destroy();
      resolve({ status: null, reason });
    };

    let timer = setTimeout(() => giveUp("connect timeout"), limits.connectTimeoutMs);
    const connected = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp("socket timeout"), limits.socketTimeoutMs);
    };
    outgoing.on("socket", (socket) => {
      if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", connected);
      else connected();
    });
    outgoing.on("error", (error) => giveUp(`connection failed: ${error.message}`));
    outgoing.on("close", () => clearTimeout(timer));
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => giveUp(`connection failed: ${error.message}`));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString("utf8"),
        });
      });
    });
    outgoing.end(request.body);
  });
}
