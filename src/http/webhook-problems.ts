/** What an operator is told of webhooks that show that something is set up wrongly, or that somebody forges them. */
import type { Context } from "hono";
import { tellProblem } from "../directory/notices.ts";
import { maskNumbers } from "../lib/mask.ts";
import type { LogFields } from "../lib/log.ts";
import { publicUrl } from "../lib/settings.ts";
import { isErrorReport } from "../vonage/answer-request.ts";
import { parseEvent } from "../vonage/event.ts";
import { text } from "../vonage/fields.ts";
import type { Payload, PayloadError } from "../vonage/payload.ts";
import { contentType, type Distrust, type WebhookEnv } from "./webhook-env.ts";

type C = Context<WebhookEnv>;

export function tellRefused(c: C, distrust: Distrust): void {
  const how = distrust.startsWith("payload_hash of a GET") ? ` ${howToPost(c)}` : "";
  const detail = `A webhook to ${shownPath(c)} was refused: ${distrust}.${how}`;
  tell(c, "webhook-refused", distrust, detail);
}

/** That answers are taken on trust. */
export function tellUnexplained(c: C): void {
  const detail = `Webhooks come by GET, with a payload_hash that the documented rule does not explain. Answers are taken all the same, so that nobody is kept out, but whoever gets hold of one token can forge them for five minutes. ${howToPost(c)}`;
  tell(c, "webhook-setup", "GET", detail);
}

export function tellUnreadable(c: C, error: PayloadError): void {
  const type = contentType(c) || "no content type";
  const detail = `A signed webhook to ${shownPath(c)} could not be read: its body, of ${type}, is ${error}. The Worker reads JSON and forms.`;
  tell(c, "webhook-setup", `unreadable, of ${type}`, detail);
}

export function tellMisdirected(c: C, right: string): void {
  const asked = `${c.req.method} ${shownPath(c)}`;
  const detail = `A signed webhook came to ${asked}, where the Worker takes none, and was not kept. Set the application's address for it to POST ${right}.`;
  tell(c, "webhook-setup", asked, detail);
}

/** Where a webhook belongs that came elsewhere, for people. */
export function rightAddress(c: C): string {
  const base = publicUrl(c.env, c.req.url);
  return rightPaths(c.var.payload.ok ? c.var.payload.value : {})
    .map((path) => `${base}${path}`)
    .join(" or ");
}

function rightPaths(payload: Payload): string[] {
  if ("original_request" in payload) return ["/webhooks/fallback"];
  if (isErrorReport(payload) || parseEvent(payload).kind !== "unknown") return ["/webhooks/event"];
  if (text(payload["to"]) !== null) return ["/webhooks/answer"];
  return ["/webhooks/answer", "/webhooks/event", "/webhooks/fallback"];
}

/** The carrier's complaints come by leg, and are about our NCCOs, so that each is a problem of its own words. */
export function tellComplaint(c: C, leg: string | null, payload: Payload): void {
  const { reason = "no reason given" } = complaint(payload);
  const of = leg === null ? "" : ` on leg ${leg}`;
  const detail = `The carrier reported an error${of}: ${String(reason)}`;
  tell(c, "carrier-error", String(reason), detail);
}

/** What the carrier complains of in an `error` event; it is about our NCCOs, not about the caller. */
export function complaint({ reason }: Payload): LogFields {
  return typeof reason === "string" ? { reason: maskNumbers(reason) } : {};
}

function howToPost(c: C): string {
  const base = publicUrl(c.env, c.req.url);
  const flags = ["answer", "event", "fallback"].map(
    (kind) => `--voice-${kind}-url=${base}/webhooks/${kind} --voice-${kind}-http=POST`,
  );
  return `Set the application's webhooks to POST, in the Vonage dashboard or with: vonage apps capabilities update YOUR_APPLICATION_ID voice ${flags.join(" ")}`;
}

/** The path that was asked for, which somebody else chose. */
function shownPath(c: C): string {
  return maskNumbers(c.req.path);
}

function tell(
  c: C,
  kind: Parameters<typeof tellProblem>[2]["kind"],
  subject: string,
  detail: string,
): void {
  const waitUntil = (work: Promise<unknown>): void => c.executionCtx.waitUntil(work);
  tellProblem(c.env, waitUntil, { kind, subject, detail });
}
