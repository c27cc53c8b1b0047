/** The Worker as the carrier and an integrator reach it, inside the runtime. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { createApp } from "../../../src/http/app.ts";
import { authorization, queryPayload, type Account } from "../../simulator/webhooks/signing.ts";

export const ORIGIN = "https://bridge.example.com";

export const ACCOUNT: Account = {
  signatureSecret: env.VONAGE_SIGNATURE_SECRET ?? "",
  apiKey: "a1b2c3d4",
  applicationId: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
};

export type Payload = Readonly<Record<string, unknown>>;

/** A webhook as a POST, signed. */
export function signedPost(path: string, payload: Payload | string, account = ACCOUNT): Request {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const headers = {
    "content-type": "application/json",
    authorization: authorization(account, body, stamp()),
  };
  return new Request(`${ORIGIN}${path}`, { method: "POST", headers, body });
}

/** A webhook as a GET, signed; nested objects become JSON texts. */
export function signedGet(path: string, payload: Payload, account = ACCOUNT): Request {
  const query = queryOf(payload);
  const headers = { authorization: authorization(account, queryPayload(query), stamp()) };
  return new Request(`${ORIGIN}${path}?${query.toString()}`, { headers });
}

/** A payload as a query or a form. */
export function queryOf(payload: Payload): URLSearchParams {
  return new URLSearchParams(
    Object.entries(payload).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export function stamp(): { issuedAt: number; tokenId: string } {
  return { issuedAt: Date.now(), tokenId: crypto.randomUUID() };
}

/** Sends a request through the deployed entry. */
export async function send(request: Request): Promise<Response> {
  return await exports.default.fetch(request);
}

/** Sends a request to the app with some bindings replaced. The work behind the reply goes on until `settled`. */
export async function sendWith(
  bindings: Partial<Env>,
  request: Request,
): Promise<{ response: Response; settled: () => Promise<void> }> {
  const context = createExecutionContext();
  const response = await createApp().fetch(request, { ...env, ...bindings }, context);
  return { response, settled: () => waitOnExecutionContext(context) };
}

export async function event(payload: Payload): Promise<Response> {
  return await send(signedPost("/webhooks/event", payload));
}

/** Asks the read API; the body as it came. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
export async function api<T>(
  path: string,
  token = env.API_TOKEN,
): Promise<{ status: number; body: T }> {
  const response = await send(
    new Request(`${ORIGIN}/api${path}`, { headers: { authorization: `Bearer ${token}` } }),
  );
  return { status: response.status, body: await response.json<T>() };
}

export interface View {
  name: string;
  count: number;
  confirmed: number;
  arriving: number;
  split: boolean;
  asOf: string;
  participants: { leg: string; phase: string; [field: string]: unknown }[];
}

export async function view(conference: string, query = ""): Promise<View> {
  return (await api<View>(`/conferences/${conference}${query}`)).body;
}

export interface Entry {
  seq: number;
  leg: string | null;
  kind: string;
  status: string | null;
  at: string | null;
  receivedAt: string;
  outcome: string;
  body: Record<string, unknown>;
}

export async function journal(conference: string): Promise<Entry[]> {
  return (await api<{ events: Entry[] }>(`/conferences/${conference}/events?limit=1000`)).body
    .events;
}
