/** A request that is made as the API's description has it, so that what comes back can be held against it. */
import { env } from "cloudflare:workers";
import type { StoredFile } from "../../../simulator/rest/act.ts";
import type { Exchange, Operation } from "../../../support/openapi.ts";
import { ORIGIN, send, sendWith } from "../bridge.ts";
import type { TestCarrier } from "../carrier.ts";
import { inTime } from "./operator.ts";

/** What is asked. What is missing comes from the description: the body is its example. */
export interface Ask {
  /** In the place of the path's parameters. */
  path?: Readonly<Record<string, string>>;
  query?: string;
  /** JSON, or text or bytes as they are. */
  body?: unknown;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  /** Null for none. */
  token?: string | null;
  /** Settings and bindings that are different. */
  settings?: Readonly<Record<string, unknown>>;
  /** What happens while a WebSocket is open, with the clock running. */
  meanwhile?: () => Promise<unknown>;
}

export interface Exercise extends Ask {
  /** The operation's id. */
  of: string;
  /** The status that has to come. */
  status: number;
  /** Why it does. */
  because: string;
  /** What has happened before; what it returns is part of what is asked. */
  given?: (world: World) => Promise<Ask | void>;
}

export interface World {
  carrier: TestCarrier;
  /** What the carrier keeps. */
  files: Map<string, StoredFile>;
}

/** What stands in a path where an exercise does not say. */
const PLACES: Readonly<Record<string, string>> = {
  name: "standup",
  leg: "ada",
  number: "14155550100",
  id: "unknown",
  batch: "unknown",
};

export async function perform(operation: Operation, ask: Ask): Promise<Exchange> {
  const { url, init, type, text } = requestOf(operation, ask);
  const request = new Request(url, init);
  const { settings, meanwhile } = ask;
  const answering = settings === undefined ? send(request) : sendUnder(settings, request);
  const response = await (meanwhile === undefined ? inTime(answering) : answering);
  const { status, headers, webSocket } = response;
  return {
    request: { url, type, text },
    response: { status, headers, text: await response.text() },
    messages: webSocket === null ? [] : await listen(webSocket, meanwhile),
  };
}

async function sendUnder(settings: Readonly<Record<string, unknown>>, request: Request) {
  const { response, settled } = await sendWith(settings, request);
  await settled();
  return response;
}

/** The first messages of a WebSocket: the one that comes by itself, and one that comes of what happens `meanwhile`. */
async function listen(socket: WebSocket, meanwhile: Ask["meanwhile"]): Promise<string[]> {
  const messages: string[] = [];
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  socket.addEventListener("message", ({ data }) => {
    messages.push(String(data));
    (messages.length === 1 ? first : second).resolve();
  });
  socket.accept();
  await first.promise;
  if (meanwhile !== undefined) {
    await meanwhile();
    await second.promise;
  }
  socket.close();
  return messages;
}

function requestOf(operation: Operation, ask: Ask) {
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => ask.path?.[name] ?? PLACES[name] ?? "",
  );
  const url = `${ORIGIN}${path}${ask.query === undefined ? "" : `?${ask.query}`}`;
  const [example] = Object.entries(operation.body ?? {});
  const body = ask.body ?? example?.[1].example;
  const type = body === undefined ? null : (ask.type ?? example?.[0] ?? "application/json");
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  const sent = body instanceof Uint8Array ? new Uint8Array(body) : text;
  const { token = env.API_TOKEN } = ask;
  const headers = {
    ...(token === null || operation.open ? {} : { authorization: `Bearer ${token}` }),
    ...(type === null ? {} : { "content-type": type }),
    ...ask.headers,
  };
  const init = { method: operation.method, headers, ...(text === "" ? {} : { body: sent }) };
  return { url, init, type, text };
}
