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
 * What a fallback webhook stands in for: an answer, or an event that had to return an NCCO ("Fallback URL" of the
 * same page).
 */
export function failedWebhook(payload: Payload): "answer" | "event" {
  const original = payload["original_request"];
  return isObject(original) && original["type"] === "event" ? "event" : "answer";
}
