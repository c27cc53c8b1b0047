/**
 * Parses the event webhook into a small closed union. No field names the kind of an event, so its fields tell, in the order in
 * which the carrier's .NET SDK tests them (`EventBase.ParseEvent`). Words are compared in lower case, as in that SDK. Pure.
 */
import { id, text } from "./fields.ts";
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

/** The statuses that end a leg. Each but `rejected` is followed by `completed`. */
export const TERMINAL_STATUSES: readonly KnownStatus[] = [
  "failed",
  "rejected",
  "busy",
  "cancelled",
  "unanswered",
  "timeout",
  "completed",
];

/**
 * Kinds that some of the carrier's documents list as statuses (the Java SDK's `CallStatus`, the call flow guide of 2020). Such a
 * status counts as the kind only if the fields agree.
 */
const KINDS_AS_STATUS: ReadonlyMap<string, EventKind> = new Map([
  ["transfer", "transfer"],
  ["input", "input"],
  ["record", "record"],
  ["recording", "record"],
  ["notify", "notify"],
  ["error", "error"],
]);

export interface StatusEvent {
  kind: "status";
  leg: string | null;
  status: KnownStatus;
  timestamp: string | null;
  direction: "inbound" | "outbound" | null;
  from: string | null;
  to: string | null;
  /** The carrier's reason: `detail`, or for a `completed` who ended the call (`disconnected_by`). */
  detail: string | null;
}

export interface TransferEvent {
  kind: "transfer";
  leg: string | null;
  timestamp: string | null;
  from: string;
  to: string;
}

/** An event that is journalled and changes no state. */
export interface OtherEvent {
  kind: "input" | "record" | "error" | "notify" | "rtc" | "status" | "unknown";
  leg: string | null;
  /** The unknown status, or the type; null if there is neither. */
  name: string | null;
  timestamp: string | null;
}

export type VonageEvent = StatusEvent | TransferEvent | OtherEvent;
export type EventKind = VonageEvent["kind"];

export function parseEvent(payload: Payload): VonageEvent {
  const leg = legOf(payload);
  const written = text(payload["status"]);
  const status = written?.toLowerCase() ?? null;
  const timestamp = text(payload["timestamp"]);

  if (status !== null && isKnownStatus(status)) {
    return {
      kind: "status",
      leg,
      status,
      timestamp,
      direction: directionOf(payload),
      from: text(payload["from"]),
      to: text(payload["to"]),
      detail: text(payload["detail"]) ?? text(payload["disconnected_by"]),
    };
  }
  const event = statelessEvent(payload, leg, timestamp);
  return status === null || KINDS_AS_STATUS.get(status) === event.kind
    ? event
    : { kind: "status", leg, name: written, timestamp };
}

/** The event that the fields other than `status` make. */
function statelessEvent(
  payload: Payload,
  leg: string | null,
  timestamp: string | null,
): TransferEvent | OtherEvent {
  const [from, to] = [id(payload["conversation_uuid_from"]), id(payload["conversation_uuid_to"])];
  if (from !== null && to !== null) return { kind: "transfer", leg, timestamp, from, to };
  const type = text(payload["type"]);
  return { kind: otherKind(payload, type), leg, name: type, timestamp };
}

/** `human` and `machine` have `call_uuid` instead of `uuid`. In an RTC event the leg is the id of the channel. */
function legOf({ uuid, call_uuid, body }: Payload): string | null {
  const channel = isObject(body) && isObject(body["channel"]) ? body["channel"]["id"] : null;
  return id(uuid) ?? id(call_uuid) ?? id(channel);
}

function directionOf(payload: Payload): StatusEvent["direction"] {
  const direction = text(payload["direction"])?.toLowerCase();
  return direction === "inbound" || direction === "outbound" ? direction : null;
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
