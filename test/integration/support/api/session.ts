/** Browsers that are logged in. */
import { env } from "cloudflare:workers";
import { newAddress } from "../address.ts";
import { ORIGIN, send } from "../bridge.ts";

export const TOKENS = { operator: env.API_TOKEN ?? "", viewer: env.VIEWER_TOKEN ?? "" };

/** `POST /api/session`. */
export function login(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  origin = ORIGIN,
): Request {
  return new Request(`${origin}/api/session`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "cf-connecting-ip": newAddress(),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

/** The cookie of a new session, as a browser sends it. */
export async function sessionOf(role: keyof typeof TOKENS): Promise<string> {
  const response = await send(login({ token: TOKENS[role] }));
  return cookieOf(response);
}

export function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

/** A request of a browser with this cookie, from a page of ours unless another origin is given; null for none. */
export function browse(
  cookie: string,
  method: string,
  path: string,
  from: string | null = ORIGIN,
): Request {
  const headers = new Headers({ cookie, "cf-connecting-ip": newAddress() });
  if (from !== null) headers.set("origin", from);
  return new Request(`${ORIGIN}/api${path}`, { method, headers });
}
