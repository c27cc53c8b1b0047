/**
 * What the carrier's webhooks say about the actions of an NCCO: input, notify, recordings, and, where the application
 * has the RTC capability, who joined and left (Vonage Voice API, webhook reference).
 */
import { ends, parties, timestamp, wholeSecond } from "./wire.ts";
import type { LegIdentity, Payload } from "./wire.ts";

export interface Digits {
  /** Null where the caller was not asked for digits, or spoke instead. */
  readonly digits: string | null;
  readonly timedOut: boolean;
}

export interface Speech {
  /** Why listening ended, as the webhooks spell it. */
  readonly ended: "start_timeout" | "end_on_silence_timeout" | "max_duration";
  /** Null where nothing was said. */
  readonly text: string | null;
  /** The id of its recording, a UUID; null where none was made. */
  readonly recording: string | null;
}

/** What a caller answered a prompt. */
export interface Entered {
  readonly dtmf: Digits;
  /** Null where nobody listened to words. */
  readonly speech: Speech | null;
}

/** How sure the platform was recorded to be. A text, though it is a number. */
const CONFIDENCE = "0.9405097";

/** The event that a caller answered a prompt, or let it pass. */
export function inputPayload(
  leg: LegIdentity,
  conversation: string,
  { dtmf, speech }: Entered,
  at: number,
): Payload {
  return {
    speech: speech === null ? { error: "Speech was not enabled" } : speechResult(speech),
    dtmf: { digits: dtmf.digits, timed_out: dtmf.timedOut },
    ...parties(leg, conversation),
    timestamp: timestamp(at),
  };
}

function speechResult({ ended, text, recording }: Speech): Payload {
  return {
    ...(recording === null ? {} : { recording_url: fileUrl(recording) }),
    timeout_reason: ended,
    results: text === null ? [] : [{ confidence: CONFIDENCE, text }],
  };
}

function fileUrl(id: string): string {
  return `https://api.nexmo.com/v1/files/${id}`;
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
    recording_url: fileUrl(id),
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
