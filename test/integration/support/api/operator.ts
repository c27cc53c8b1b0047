/** An operator: orders to the API, while the time passes that the outbox takes for them. */
import { env } from "cloudflare:workers";
import { newAddress } from "../address.ts";
import { ORIGIN, send } from "../bridge.ts";
import { call, play, type Call } from "../call.ts";
import { pass } from "../carrier.ts";

export interface Answer<T> {
  status: number;
  /** Its content type. */
  type: string;
  location: string | null;
  body: T;
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors?: string[];
}

/** A request to the API, from somebody new. `body`: JSON, or text as it is; undefined for none. */
export function request(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Request {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request(`${ORIGIN}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${env.API_TOKEN}`,
      "cf-connecting-ip": newAddress(),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: text }),
  });
}

/** Sends an order and lets time pass until it is answered. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
export async function order<T = Problem>(
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  const response = await inTime(send(request("POST", path, body, headers)));
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    location: response.headers.get("location"),
    body: await response.json<T>(),
  };
}

/** What an order is answered, with as much time as it takes. */
export async function inTime(answering: Promise<Response>): Promise<Response> {
  const end = { reached: false };
  void answering.finally(() => (end.reached = true)).catch(() => undefined);
  const STEP_MS = 50;
  for (let ms = 0; ms < 60_000 && !end.reached; ms += STEP_MS) await pass(STEP_MS);
  return await answering;
}

/** Somebody who calls the line and comes into its room; their leg. */
export async function join(
  line: string,
  leg: string,
  caller = "447700900123",
  room = "CON-the-room",
): Promise<Call> {
  const one = call({ line, leg, caller, room });
  await play(one, ["answer", "answered", "transfer"]);
  return one;
}
