/** What an operator is told of webhooks that show that something is set up wrongly, or that somebody forges them. */
import type { Context } from "hono";
import { tellProblem } from "../../directory/client.ts";
import type { ProblemKind } from "../../contract/directory-view.ts";
import { quoted } from "../../lib/masking/mask.ts";
import { isErrorReport } from "../../vonage/answer-request.ts";
import { parseEvent } from "../../vonage/event.ts";
import { text } from "../../vonage/fields.ts";
import type { Payload, PayloadError } from "../../vonage/payload.ts";
import { complaintOf } from "../../calls/complaint.ts";
import { contentType, UNEXPLAINED_GET, type Distrust, type WebhookEnv } from "./env.ts";

type C = Context<WebhookEnv>;

const SETUP = "webhook-setup";

const HOW_TO_POST =
  "Set the application's webhooks to POST, in the Vonage dashboard or by the README's command (Deploy: --voice-answer-http=POST, and so for event and fallback).";

export function tellRefused(c: C, distrust: Distrust): void {
  const how = distrust === UNEXPLAINED_GET ? ` ${HOW_TO_POST}` : "";
  const detail = `A webhook to ${shownPath(c)} was refused: ${distrust}.${how}`;
  tell(c, "webhook-refused", distrust, detail);
}

/** That answers are taken on trust. */
export function tellUnexplained(c: C): void {
  const detail = `Webhooks come by GET with a payload_hash that no rule explains. Answers are taken all the same: whoever gets hold of a token can forge them for five minutes. ${HOW_TO_POST}`;
  tell(c, SETUP, "GET", detail);
}

export function tellUnreadable(c: C, error: PayloadError): void {
  const type = contentType(c) === "" ? "no content type" : quoted(contentType(c));
  const detail = `A signed webhook to ${shownPath(c)} could not be read: its body, of ${type}, is ${error}.`;
  tell(c, SETUP, `unreadable, of ${type}`, detail);
}

export function tellMisdirected(c: C): void {
  const asked = `${c.req.method} ${shownPath(c)}`;
  const right = rightPath(c.var.payload.ok ? c.var.payload.value : {});
  const detail = `A signed webhook came to ${asked} and was not kept. Right is POST ${right}.`;
  tell(c, SETUP, asked, detail);
}

/** Where a webhook belongs, for people. */
function rightPath(payload: Payload): string {
  if ("original_request" in payload) return "/webhooks/fallback";
  if (isErrorReport(payload) || parseEvent(payload).kind !== "unknown") return "/webhooks/event";
  if (text(payload["to"]) !== null) return "/webhooks/answer";
  return "/webhooks/answer, /webhooks/event or /webhooks/fallback";
}

export function tellComplaint(c: C, leg: string | null, payload: Payload): void {
  const { kind, subject, detail } = complaintOf(leg, payload);
  tell(c, kind, subject, detail);
}

/** The path that was asked for, which somebody else chose. */
function shownPath(c: C): string {
  return quoted(c.req.path);
}

function tell(c: C, kind: ProblemKind, subject: string, detail: string): void {
  const waitUntil = (work: Promise<unknown>): void => c.executionCtx.waitUntil(work);
  tellProblem(c.env, waitUntil, { kind, subject, detail });
}
