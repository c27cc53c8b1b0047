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
  /** The person's number: who calls, or, of an outbound leg, who is called. */
  readonly caller: string;
  /** Our number, without `+`. */
  readonly line: string;
  /** The transient conversation, `CON-…`, in which the leg starts. */
  readonly origin: string;
  /** Inbound where missing. */
  readonly direction?: "inbound" | "outbound";
}

/** Who ended a call: the caller, or the platform (the NCCO ran out, a moderator closed the room). */
export type DisconnectedBy = "user" | "platform";

/** EUR a minute; what was recorded for a call to a US number. */
const RATE_PER_MINUTE = 0.0045;

const NETWORK = "US-VIRTUAL-LEVEL3";
const REGION_URL = "https://api-eu-3.vonage.com";

/** The answer webhook's fields. */
export function answerPayload(leg: LegIdentity): Payload {
  const { to, from } = ends(leg);
  return {
    to,
    from,
    conversation_uuid: leg.origin,
    uuid: leg.id,
    endpoint_type: "phone",
    region_url: REGION_URL,
  };
}

/** A webhook's fields again for the fallback, and why it gets them. `url` is the one that failed. */
export function fallbackPayload(
  original: Payload,
  type: "answer" | "event",
  url: string,
  reason: string,
): Payload {
  return { ...original, reason, original_request: { url, type } };
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
    direction: leg.direction ?? "inbound",
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
    direction: leg.direction ?? "inbound",
    network: null,
    timestamp: timestamp(at),
  };
}

/** How an outbound call can fail to be answered, with the documented details of those that have some. */
export type Unanswered =
  | { readonly status: "busy" | "timeout" | "cancelled" }
  | { readonly status: "unanswered"; readonly detail: "unavailable" | "timeout" }
  | { readonly status: "rejected"; readonly detail: "declined" | "restricted" | "invalid_number" }
  | { readonly status: "failed"; readonly detail: "cannot_route" | "number_out_of_service" };

/** The event that a leg was not answered. */
export function unansweredPayload(leg: LegIdentity, outcome: Unanswered, at: number): Payload {
  return {
    headers: {},
    ...parties(leg, leg.origin),
    ...outcome,
    direction: leg.direction ?? "inbound",
    timestamp: timestamp(at),
  };
}

/** What machine detection found. It has `call_uuid` where every other event has `uuid`. */
export function detectionPayload(
  leg: LegIdentity,
  status: "human" | "machine",
  at: number,
): Payload {
  const { from, to } = ends(leg);
  return {
    from,
    to,
    call_uuid: leg.id,
    conversation_uuid: leg.origin,
    status,
    timestamp: timestamp(at),
  };
}

/** The event that a leg was moved to another conversation; it has none of the other events' common fields. */
export function transferPayload(
  leg: Pick<LegIdentity, "id">,
  from: string,
  to: string,
  at: number,
): Payload {
  return {
    conversation_uuid_from: from,
    type: "transfer",
    uuid: leg.id,
    conversation_uuid_to: to,
    timestamp: timestamp(at),
  };
}

export interface Ending {
  /** The conversation that the event names. */
  readonly conversation: string;
  /** Milliseconds since the epoch, or null for a leg that was never answered. */
  readonly answeredAt: number | null;
  readonly endedAt: number;
  readonly disconnectedBy: DisconnectedBy;
}

/** What a finished call is billed, as the carrier writes it: whole seconds and EUR, as texts. */
export function billing(ending: Pick<Ending, "answeredAt" | "endedAt">): {
  duration: string;
  rate: string;
  price: string;
  network: string;
} {
  const { answeredAt, endedAt } = ending;
  const seconds = answeredAt === null ? 0 : Math.ceil((endedAt - answeredAt) / 1000);
  return {
    duration: String(seconds),
    rate: RATE_PER_MINUTE.toFixed(8),
    price: ((RATE_PER_MINUTE * seconds) / 60).toFixed(8),
    network: NETWORK,
  };
}

/**
 * The event that a leg ended. Times are whole seconds, amounts are texts. Without `sip_code`: it is documented to exist,
 * but not with which value a call ends that someone hung up.
 */
export function completedPayload(leg: LegIdentity, ending: Ending): Payload {
  const { answeredAt, endedAt } = ending;
  const { duration, rate, price, network } = billing(ending);
  const { from, to } = ends(leg);
  return {
    headers: {},
    end_time: wholeSecond(endedAt),
    uuid: leg.id,
    network,
    duration,
    // A call that nobody answered has no start.
    ...(answeredAt === null ? {} : { start_time: wholeSecond(answeredAt) }),
    rate,
    price,
    from,
    to,
    conversation_uuid: ending.conversation,
    status: "completed",
    direction: leg.direction ?? "inbound",
    disconnected_by: ending.disconnectedBy,
    timestamp: timestamp(endedAt),
  };
}

/** The event that an NCCO was refused. It names no leg. */
export function errorPayload(conversation: string, reason: string, at: number): Payload {
  return { reason, conversation_uuid: conversation, timestamp: timestamp(at) };
}

/** The common fields of an event: who, and in which conversation. */
export function parties(leg: LegIdentity, conversation: string): Payload {
  return { ...ends(leg), uuid: leg.id, conversation_uuid: conversation };
}

/** Who calls whom, as the webhooks spell it. */
export function ends({ caller, line, direction }: LegIdentity): { from: string; to: string } {
  return direction === "outbound" ? { from: line, to: caller } : { from: caller, to: line };
}

/** ISO 8601 with milliseconds. */
export function timestamp(at: number): string {
  return new Date(at).toISOString();
}

/** ISO 8601 in whole seconds, rounded up: recorded calls ended later by this field than by the event's own timestamp. */
export function wholeSecond(at: number): string {
  return timestamp(Math.ceil(at / 1000) * 1000);
}
