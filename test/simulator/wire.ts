/**
 * What the carrier's webhooks say: one builder for each documented payload (Vonage Voice API, webhook reference), with
 * the fields that the platform was recorded to send and in their order.
 */

/** A webhook's body, or, flattened, its query. */
export type Payload = Readonly<Record<string, unknown>>;

/** What the carrier knows of a leg when it dials. */
export interface LegIdentity {
  /** Vonage's `uuid`. */
  readonly id: string;
  readonly caller: string;
  /** The number that was called, without `+`. */
  readonly line: string;
  /** The transient conversation, `CON-…`, in which the leg starts. */
  readonly origin: string;
}

/** Who ended a call: the caller, or the platform (the NCCO ran out, a moderator closed the room). */
export type DisconnectedBy = "user" | "platform";

/** EUR a minute; what was recorded for a call to a US number. */
const RATE_PER_MINUTE = 0.0045;

const NETWORK = "US-VIRTUAL-LEVEL3";
const REGION_URL = "https://api-eu-3.vonage.com";

/** The answer webhook's fields. */
export function answerPayload(leg: LegIdentity): Payload {
  return {
    to: leg.line,
    from: leg.caller,
    conversation_uuid: leg.origin,
    uuid: leg.id,
    endpoint_type: "phone",
    region_url: REGION_URL,
  };
}

/** The answer webhook's fields and why the fallback gets them. `url` is the one that failed. */
export function fallbackPayload(leg: LegIdentity, url: string, reason: string): Payload {
  return { ...answerPayload(leg), reason, original_request: { url, type: "answer" } };
}

/** The event that a leg exists, or rings. Both are made at the same time and carry the same timestamp. */
export function progressPayload(
  leg: LegIdentity,
  status: "started" | "ringing",
  at: number,
): Payload {
  return {
    headers: {},
    ...parties(leg, leg.origin),
    status,
    direction: "inbound",
    timestamp: timestamp(at),
  };
}

/** The event that a leg was answered. Its billing fields exist and are empty. */
export function answeredPayload(leg: LegIdentity, at: number): Payload {
  return {
    start_time: null,
    headers: {},
    rate: null,
    ...parties(leg, leg.origin),
    status: "answered",
    direction: "inbound",
    network: null,
    timestamp: timestamp(at),
  };
}

/** The event that a leg was moved to another conversation; it has none of the other events' common fields. */
export function transferPayload(leg: LegIdentity, from: string, to: string, at: number): Payload {
  return {
    conversation_uuid_from: from,
    type: "transfer",
    uuid: leg.id,
    conversation_uuid_to: to,
    timestamp: timestamp(at),
  };
}

export interface Ending {
  /** The conversation in which the leg ended. */
  readonly conversation: string;
  /** Milliseconds since the epoch, or null for a leg that was never answered. */
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly disconnectedBy: DisconnectedBy;
}

/**
 * The event that a leg ended. Times are whole seconds, amounts are texts. Without `sip_code`: it is documented to exist,
 * but not with which value a call ends that someone hung up.
 */
export function completedPayload(leg: LegIdentity, ending: Ending): Payload {
  const { answeredAt, endedAt } = ending;
  const seconds = answeredAt === null ? 0 : Math.ceil((endedAt - answeredAt) / 1000);
  return {
    headers: {},
    end_time: wholeSecond(endedAt),
    uuid: leg.id,
    network: NETWORK,
    duration: String(seconds),
    // A call that nobody answered has no start.
    ...(answeredAt === null ? {} : { start_time: wholeSecond(answeredAt) }),
    rate: RATE_PER_MINUTE.toFixed(8),
    price: ((RATE_PER_MINUTE * seconds) / 60).toFixed(8),
    from: leg.caller,
    to: leg.line,
    conversation_uuid: ending.conversation,
    status: "completed",
    direction: "inbound",
    disconnected_by: ending.disconnectedBy,
    timestamp: timestamp(endedAt),
  };
}

/** The event that an NCCO was refused. It names no leg. */
export function errorPayload(leg: LegIdentity, reason: string, at: number): Payload {
  return { reason, conversation_uuid: leg.origin, timestamp: timestamp(at) };
}

function parties(leg: LegIdentity, conversation: string): Payload {
  return { from: leg.caller, to: leg.line, uuid: leg.id, conversation_uuid: conversation };
}

function timestamp(at: number): string {
  return new Date(at).toISOString();
}

/** Rounded up: recorded calls ended later by this field than by the event's own timestamp. */
function wholeSecond(at: number): string {
  return timestamp(Math.ceil(at / 1000) * 1000);
}
