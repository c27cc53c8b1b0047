/** The problems that webhooks reveal: something is set up wrongly, or somebody forges webhooks. */
import { tellProblem } from "../../directory/client.ts";
import type { ProblemKind } from "../../contract/directory-view.ts";
import { quoted } from "../../lib/masking/mask.ts";
import { isErrorReport } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { text } from "../../vonage/fields.ts";
import type { Payload, PayloadError } from "../../vonage/payload.ts";
import { carrierErrorNotice } from "../../calls/carrier-error.ts";
import { contentType, UNEXPLAINED_GET, type Distrust, type WebhookContext } from "./env.ts";

const SETUP = "webhook-setup";

const HOW_TO_POST =
  "Set the application's webhooks to POST, in the Vonage dashboard or by the README's command (Deploy: --voice-answer-http=POST, and so for event and fallback).";

export function reportRefused(c: WebhookContext, distrust: Distrust): void {
  const how = distrust === UNEXPLAINED_GET ? ` ${HOW_TO_POST}` : "";
  const detail = `A webhook to ${shownPath(c)} was refused: ${distrust}.${how}`;
  report(c, "webhook-refused", distrust, detail);
}

/** A webhook that was accepted although its payload hash cannot be explained. */
export function reportUnexplained(c: WebhookContext): void {
  const detail = `Webhooks come by GET with a payload_hash that no rule explains. Answers are taken all the same: whoever gets hold of a token can forge them for five minutes. ${HOW_TO_POST}`;
  report(c, SETUP, "GET", detail);
}

export function reportUnreadable(c: WebhookContext, error: PayloadError): void {
  const type = contentType(c) === "" ? "no content type" : quoted(contentType(c));
  const detail = `A signed webhook to ${shownPath(c)} could not be read: its body, of ${type}, is ${error}.`;
  report(c, SETUP, `unreadable, of ${type}`, detail);
}

export function reportWrongPath(c: WebhookContext): void {
  const asked = `${c.req.method} ${shownPath(c)}`;
  const right = rightPath(c.var.payload.ok ? c.var.payload.value : {});
  const detail = `A signed webhook came to ${asked} and was not kept. Right is POST ${right}.`;
  report(c, SETUP, asked, detail);
}

/** The path to which a webhook belongs, for people. */
function rightPath(payload: Payload): string {
  if ("original_request" in payload) return "/webhooks/fallback";
  if (isErrorReport(payload) || parseEvent(payload).kind !== "unknown") return "/webhooks/event";
  if (text(payload["to"]) !== null) return "/webhooks/answer";
  return "/webhooks/answer, /webhooks/event or /webhooks/fallback";
}

export function reportCarrierError(c: WebhookContext, leg: string | null, payload: Payload): void {
  const { kind, subject, detail } = carrierErrorNotice(leg, payload);
  report(c, kind, subject, detail);
}

/** The requested path, quoted: whoever sent the request chose it. */
function shownPath(c: WebhookContext): string {
  return quoted(c.req.path);
}

function report(c: WebhookContext, kind: ProblemKind, subject: string, detail: string): void {
  tellProblem(c.env, c.var.call.waitUntil, { kind, subject, detail });
}
