/**
 * The event webhook as a small closed union. Kinds are told apart by the fields that they have, in the order that
 * the carrier's .NET SDK uses (`EventBase.ParseEvent`), since no field names the kind.
 */
import * as v from "valibot";
import { direction, id, text } from "./fields.ts";
import { isObject, type Payload } from "./payload.ts";

export const KNOWN_STATUSES = [
  "started",
  "ringing",
  "answered",
  "human",
  "machine",
  "disconnected",
  "completed",
  "rejected",
  "failed",
  "busy",
  "cancelled",
  "unanswered",
  "timeout",
] as const;
export type KnownStatus = (typeof KNOWN_STATUSES)[number];

/** The statuses that end a leg. `rejected` is the only one that no `completed` follows. */
export const TERMINAL_STATUSES: readonly KnownStatus[] = [
  "failed",
  "rejected",
  "busy",
  "cancelled",
  "unanswered",
  "timeout",
  "completed",
];

export interface StatusEvent {
  kind: "status";
  leg: string | null;
  status: KnownStatus;
  timestamp: string | null;
  direction: "inbound" | "outbound" | null;
  from: string | null;
  to: string | null;
  /** Why, in the carrier's word: `detail`, or for a `completed` who ended it (`disconnected_by`). */
  detail: string | null;
}

export interface TransferEvent {
  kind: "transfer";
  leg: string | null;
  timestamp: string | null;
  from: string;
  to: string;
}

/** Everything that is written down and changes nobody's state. */
export interface OtherEvent {
  kind: "input" | "record" | "error" | "notify" | "rtc" | "status" | "unknown";
  leg: string | null;
  /** The unknown status, or the type where one is given. */
  name: string | null;
  timestamp: string | null;
}

export type VonageEvent = StatusEvent | TransferEvent | OtherEvent;
export type EventKind = VonageEvent["kind"];

const EventFields = v.object({
  uuid: id,
  call_uuid: id,
  status: text,
  type: text,
  timestamp: text,
  direction,
  from: text,
  to: text,
  detail: text,
  disconnected_by: text,
  conversation_uuid_from: id,
  conversation_uuid_to: id,
});

export function parseEvent(payload: Payload): VonageEvent {
  const fields = v.parse(EventFields, payload);
  const {
    status,
    type,
    timestamp,
    conversation_uuid_from: from,
    conversation_uuid_to: to,
  } = fields;
  // `human` and `machine` have `call_uuid` instead of `uuid`.
  const leg = fields.uuid ?? fields.call_uuid ?? channelOf(payload);

  if (status !== null) {
    if (!isKnownStatus(status)) {
      return { kind: status === "transcribed" ? "record" : "status", leg, name: status, timestamp };
    }
    const { direction: way, detail, disconnected_by } = fields;
    return {
      kind: "status",
      leg,
      status,
      timestamp,
      direction: way,
      from: fields.from,
      to: fields.to,
      detail: detail ?? disconnected_by,
    };
  }
  if (from !== null && to !== null) return { kind: "transfer", leg, timestamp, from, to };
  return { kind: otherKind(payload, type), leg, name: type, timestamp };
}

/** The leg of an RTC event, which is its channel. */
function channelOf({ body }: Payload): string | null {
  const channel = isObject(body) ? body["channel"] : null;
  return isObject(channel) ? v.parse(id, channel["id"]) : null;
}

function isKnownStatus(status: string): status is KnownStatus {
  return (KNOWN_STATUSES as readonly string[]).includes(status);
}

function otherKind(payload: Payload, type: string | null): OtherEvent["kind"] {
  if ("speech" in payload || "dtmf" in payload) return "input";
  if ("recording_url" in payload) return "record";
  if ("reason" in payload) return "error";
  if ("payload" in payload) return "notify";
  return type?.includes(":") ? "rtc" : "unknown";
}
