/** The answer webhook, and the fallback webhook that repeats it (Voice API, webhook reference: "Answer webhook"). */
import { id, text } from "./fields.ts";
import { lineKey } from "./numbers.ts";
import { isObject, type Payload } from "./payload.ts";

export interface AnswerRequest {
  /** Null where the carrier left it out: the caller can be let in, but not followed. */
  leg: string | null;
  /** The key of the line that was called. */
  number: string;
  /** `from`, or `from_user` of a Client SDK call: a number, a name or the word `Unknown`; empty where unknown. */
  caller: string;
  /** The transient conversation that the call started in. */
  origin: string | null;
  /** The base of the carrier's REST API for this leg, as it came: whoever asks it checks the host. */
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
 * Whether it is no answer webhook but the carrier's report of an error, which has come to the answer URL too (seen in a
 * fixture of the carrier's PHP SDK): why, and of which conversation, but neither a leg nor who was called.
 */
export function isErrorReport(payload: Payload): boolean {
  return (
    [payload["uuid"], payload["to"]].every((field) => text(field) === null) &&
    text(payload["reason"]) !== null &&
    !("original_request" in payload)
  );
}

/**
 * What a fallback webhook stands in for: an answer, or an event that had to return an NCCO ("Fallback URL" of the
 * same page).
 */
export function failedWebhook(payload: Payload): "answer" | "event" {
  const original = payload["original_request"];
  const type = isObject(original) ? text(original["type"]) : null;
  return type?.toLowerCase() === "event" ? "event" : "answer";
}
