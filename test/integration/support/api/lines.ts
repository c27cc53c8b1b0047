/** Somebody who manages the lines. */
import { env } from "cloudflare:workers";
import { send } from "../bridge.ts";
import { request } from "./operator.ts";

const TEXT = { "content-type": "text/plain" };

/** Sends the operator's request; its body is text, unless the headers say otherwise. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
export async function ask<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = TEXT,
): Promise<{ status: number; body: T }> {
  const response = await send(request(method, path, body, body === undefined ? {} : headers));
  return { status: response.status, body: await response.json<T>() };
}

/** What is in KV. */
export const stored = async (): Promise<Record<string, string | null>> => {
  const { keys } = await env.LINES.list();
  const values = keys.map(async ({ name }) => [name, await env.LINES.get(name)] as const);
  return Object.fromEntries(await Promise.all(values));
};
