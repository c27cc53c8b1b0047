/**
 * A webhook as a conference remembers it: only what can matter to a leg's state. What makes two webhooks the same is
 * what they say, never when they came, so `webhookKey` covers every field that a reader of the set looks at.
 */
import type { Role } from "../../../lines/room.ts";
import type { KnownStatus, VonageEvent } from "../../../vonage/event.ts";

/** Why a conference does not let a caller in; `unavailable`: it could not be asked in time, and the room is strict. */
export type ConferenceRefusal = "full" | "locked" | "banned" | "unavailable";

/** Our own record of letting a caller in, or not. What is missing is not so, or not known. */
export interface AdmissionFact {
  type: "admission";
  /** When the answer webhook came, in milliseconds since the epoch, by our clock. */
  at: number;
  caller: string;
  line: string;
  role: Role;
  /** The transient conversation that the call started in. */
  origin: string | null;
  /** How long the caller listens to the greeting before the carrier moves them. */
  greetingMs: number;
  /** False where the caller was let in before the conference could be asked. */
  checked: boolean;
  /** Why the conference did not let the caller in. */
  denied?: ConferenceRefusal;
  /** How many were there already, where the caller hears it: asked twice, the bridge says the same. */
  others?: number;
  /** The base of the carrier's REST API for this leg, as the carrier said. */
  regionUrl?: string;
  /** In a room whose guests wait: whether it starts with the caller, who else is one of those who wait. */
  starts?: boolean;
  /** Whether the bridge ends the room after the last such moderator. */
  ends?: boolean;
  /** Whether the caller cannot be heard from the beginning. */
  muted?: boolean;
  /** Whether the answer webhook came by GET with a hash that no rule explains, and was taken all the same. */
  unexplained?: boolean;
}

export interface StatusFact {
  type: "status";
  status: KnownStatus;
  /** As the carrier wrote it. */
  timestamp: string | null;
  direction: "inbound" | "outbound" | null;
  from: string | null;
  to: string | null;
  detail: string | null;
}

export interface TransferFact {
  type: "transfer";
  timestamp: string | null;
  from: string;
  to: string;
}

/** The leg was sent elsewhere after all: it is no longer this conference's, whatever else its set holds. */
export interface ReleaseFact {
  type: "release";
  at: number;
}

/** What the carrier confirmed that we asked of it. A field that is missing says nothing. */
export interface ControlFact {
  type: "control";
  /** Milliseconds since the epoch. */
  at: number;
  muted?: boolean;
  earmuffed?: boolean;
}

/** What the carrier said of the leg when we asked. */
export interface LookUpFact {
  type: "look-up";
  /** Milliseconds since the epoch. */
  at: number;
  /** The carrier's word, in lower case. */
  status: string;
}

/** A webhook that changes nothing; remembered so that a repetition is known as one. */
export interface OtherFact {
  type: "other";
  kind: string;
  timestamp: string | null;
  /** A hash of all that it said. */
  digest: string;
}

export type Fact =
  | AdmissionFact
  | StatusFact
  | TransferFact
  | ReleaseFact
  | ControlFact
  | LookUpFact
  | OtherFact;

/** An event of the carrier's as a member of its leg's set. `digest`: a hash of the whole webhook. */
export function factOf(event: VonageEvent, digest: string): Fact {
  if (event.kind === "transfer") {
    const { timestamp, from, to } = event;
    return { type: "transfer", timestamp, from, to };
  }
  if ("status" in event) {
    const { status, timestamp, direction, from, to, detail } = event;
    return { type: "status", status, timestamp, direction, from, to, detail };
  }
  return { type: "other", kind: event.kind, timestamp: event.timestamp, digest };
}

/** Equal for two webhooks exactly if they say the same. */
export function factKey(webhook: Fact): string {
  switch (webhook.type) {
    case "admission":
      // Whether it was checked is a fact of its way here: the same admission may come twice, once in time.
      return JSON.stringify([
        "admission",
        webhook.at,
        webhook.caller,
        webhook.line,
        webhook.role,
        webhook.origin,
      ]);
    case "status": {
      const { status, timestamp, direction, from, to, detail } = webhook;
      return JSON.stringify(["status", status, timestamp, direction, from, to, detail]);
    }
    case "transfer":
      return JSON.stringify(["transfer", webhook.timestamp, webhook.from, webhook.to]);
    case "release":
      return JSON.stringify(["release"]);
    case "control":
      return JSON.stringify(["control", webhook.at, webhook.muted, webhook.earmuffed]);
    case "look-up":
      return JSON.stringify(["look-up", webhook.at, webhook.status]);
    case "other":
      return JSON.stringify(["other", webhook.kind, webhook.timestamp, webhook.digest]);
  }
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** A webhook's own time in milliseconds since the epoch, as written; null where it has none. */
export function writtenTime(webhook: Fact): number | null {
  if ("at" in webhook) return webhook.at;
  const { timestamp } = webhook;
  const time = timestamp !== null && ISO_8601.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
