/** Requests to the Worker under other settings than those of the tests. */
import { newAddress } from "../address.ts";
import { ORIGIN, sendWith } from "../bridge.ts";

export interface Reply {
  status: number;
  /** Its content type. */
  type: string;
  text: string;
}

/** Sends a request with some settings changed. An undefined one is not set. */
export async function ask(
  request: Request,
  settings: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const { response, settled } = await sendWith(settings, request);
  const { status, headers } = response;
  const text = await response.text();
  await settled();
  return { status, type: headers.get("content-type") ?? "", text };
}

/** A request for a page of the API, with a token or without, from somebody new. */
export function apiRequest(
  token: string | null,
  path = "/api/conferences/settings",
  origin = ORIGIN,
): Request {
  const headers = new Headers({ "cf-connecting-ip": newAddress() });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  return new Request(`${origin}${path}`, { headers });
}
