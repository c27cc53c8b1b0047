/**
 * What the carrier's webhooks say about the actions of an NCCO: input, notify, recordings, and, where the application
 * has the RTC capability, who joined and left (Vonage Voice API, webhook reference).
 */
import { ends, parties, timestamp, wholeSecond } from "./wire.ts";
import type { LegIdentity, Payload } from "./wire.ts";

export interface Entered {
  /** Null where the caller was not asked for digits. */
  readonly digits: string | null;
  readonly timedOut: boolean;
}

/** What a caller entered. Without a word said, since nobody speaks to this carrier. */
export function inputPayload(
  leg: LegIdentity,
  conversation: string,
  entered: Entered,
  listensForSpeech: boolean,
  at: number,
): Payload {
  return {
    speech: listensForSpeech
      ? { timeout_reason: "start_timeout", results: [] }
      : { error: "Speech was not enabled" },
    dtmf: { digits: entered.digits, timed_out: entered.timedOut },
    ...parties(leg, conversation),
    timestamp: timestamp(at),
  };
}

/** A step of an NCCO that only reports. It names no leg. */
export function notifyPayload(payload: Payload, conversation: string, at: number): Payload {
  return { payload, conversation_uuid: conversation, timestamp: timestamp(at) };
}

export interface Recording {
  /** A UUID. */
  readonly id: string;
  readonly conversation: string;
  readonly from: number;
  readonly to: number;
}

/** The event that a recording is ready. It names no leg. */
export function recordPayload({ id, conversation, from, to }: Recording): Payload {
  const BYTES_PER_SECOND = 4000;
  return {
    start_time: wholeSecond(from),
    recording_url: `https://api.nexmo.com/v1/files/${id}`,
    size: Math.ceil(((to - from) / 1000) * BYTES_PER_SECOND),
    recording_uuid: id,
    end_time: wholeSecond(to),
    conversation_uuid: conversation,
    timestamp: timestamp(to),
  };
}

/** A member event of the RTC capability, about a leg that joined or left a conversation. */
export function memberPayload(
  leg: LegIdentity,
  type: "member:joined" | "member:left",
  conversation: string,
  at: number,
): Payload {
  const { from, to } = ends(leg);
  return {
    type,
    conversation_id: conversation,
    body: { channel: { id: leg.id, type: "phone", to: phone(to), from: phone(from) } },
    timestamp: timestamp(at),
  };
}

function phone(number: string): Payload {
  return { type: "phone", number };
}
