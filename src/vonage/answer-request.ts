/** Parses the answer webhook, and the fallback webhook that repeats it (Voice API, webhook reference: "Answer webhook"). */
import { id, text } from "./fields.ts";
import { lineKey } from "./numbers.ts";
import { isObject, type Payload } from "./payload.ts";

export interface AnswerRequest {
  /** Null if the carrier left it out: then the caller can be let in, but not tracked. */
  leg: string | null;
  /** The key of the line that was called. */
  number: string;
  /** `from`, or `from_user` of a Client SDK call: a number, a name or the word `Unknown`; empty if both are missing. */
  caller: string;
  /** The transient conversation that the call started in. */
  origin: string | null;
  /** The base URL of the carrier's REST API for this leg, unchecked: `rest/hosts.ts` checks the host before any request. */
  regionUrl: string | null;
}

export function parseAnswerRequest(payload: Payload): AnswerRequest {
  return {
    leg: id(payload["uuid"]),
    number: lineKey(text(payload["to"]) ?? ""),
    caller: text(payload["from"]) ?? text(payload["from_user"]) ?? "",
    origin: id(payload["conversation_uuid"]),
    regionUrl: text(payload["region_url"]),
  };
}

/**
 * Whether this is an error report instead of an answer webhook. The carrier has sent such reports to the answer URL (a fixture of
 * its PHP SDK). They have a reason and a conversation, but neither a leg nor a called number.
 */
export function isErrorReport(payload: Payload): boolean {
  return (
    [payload["uuid"], payload["to"]].every((field) => text(field) === null) &&
    text(payload["reason"]) !== null &&
    !("original_request" in payload)
  );
}

/** What failed before this fallback webhook: an answer, or an event that had to return an NCCO (same page, "Fallback URL"). */
export function failedWebhook(payload: Payload): "answer" | "event" {
  const original = payload["original_request"];
  const type = isObject(original) ? text(original["type"]) : null;
  return type?.toLowerCase() === "event" ? "event" : "answer";
}
