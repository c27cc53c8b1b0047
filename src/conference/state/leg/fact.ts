/**
 * The facts of which a leg's set consists: webhooks, reduced to what can matter to the leg's state, and what the bridge itself
 * knows of the leg. Two facts are the same if they say the same, whenever they arrived: `factKey` covers every field on which
 * a reader of the set depends. Facts are stored as JSON: only add optional fields. Pure.
 */
import type { Role } from "../../../lines/room.ts";
import type { KnownStatus, VonageEvent } from "../../../vonage/event.ts";

/** Why a conference does not admit a caller; `unavailable`: it could not be asked in time, and the room is strict. */
export type ConferenceRefusal = "full" | "locked" | "banned" | "unavailable";

/** Our own record of the decision whether a caller is admitted. A missing field is false or unknown. */
export interface AdmissionFact {
  type: "admission";
  /** When the answer webhook came, in milliseconds since the epoch, by our clock. */
  at: number;
  caller: string;
  line: string;
  role: Role;
  /** The transient conversation that the call started in. */
  origin: string | null;
  /** How long the greeting takes, after which the carrier moves the caller into the room. */
  greetingMs: number;
  /** False where the caller was admitted before the conference could be asked. */
  checked: boolean;
  /** Why the conference did not admit the caller. */
  denied?: ConferenceRefusal;
  /** How many others were there, if the caller hears it: a repeated answer webhook gets the same number. */
  others?: number;
  /** The base URL of the carrier's REST API for this leg, from the webhook. */
  regionUrl?: string;
  /** Only in a room whose guests wait for a moderator: true if the room starts with this caller, false if the caller waits. */
  starts?: boolean;
  /** Whether the bridge ends the room after the last such moderator has left. */
  ends?: boolean;
  /** Whether the caller joins muted. */
  muted?: boolean;
  /** Whether the answer webhook came by GET with a payload hash that no known rule explains, and was accepted all the same. */
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

/** The leg belongs to another conference after all. It no longer counts here, unless it was also admitted here. */
export interface ReleaseFact {
  type: "release";
  at: number;
}

/** A command that the carrier confirmed. A missing field says nothing. */
export interface ControlFact {
  type: "control";
  /** Milliseconds since the epoch. */
  at: number;
  muted?: boolean;
  earmuffed?: boolean;
}

/** The answer to our look-up of the leg at the carrier. */
export interface LookUpFact {
  type: "look-up";
  /** Milliseconds since the epoch. */
  at: number;
  /** The carrier's status, in lower case. */
  status: string;
}

/** A webhook that changes no state; kept so that a repetition is recognised. */
export interface OtherFact {
  type: "other";
  kind: string;
  timestamp: string | null;
  /** A hash of the whole webhook. */
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

/** A carrier's event as a fact. `digest`: a hash of the whole webhook. */
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

/** Equal for two facts exactly if they say the same. */
export function factKey(fact: Fact): string {
  switch (fact.type) {
    case "admission":
      // Not `checked`: the same admission may arrive twice, once in time and once too late.
      return JSON.stringify(["admission", fact.at, fact.caller, fact.line, fact.role, fact.origin]);
    case "status": {
      const { status, timestamp, direction, from, to, detail } = fact;
      return JSON.stringify(["status", status, timestamp, direction, from, to, detail]);
    }
    case "transfer":
      return JSON.stringify(["transfer", fact.timestamp, fact.from, fact.to]);
    case "release":
      return JSON.stringify(["release"]);
    case "control":
      return JSON.stringify(["control", fact.at, fact.muted, fact.earmuffed]);
    case "look-up":
      return JSON.stringify(["look-up", fact.at, fact.status]);
    case "other":
      return JSON.stringify(["other", fact.kind, fact.timestamp, fact.digest]);
  }
}

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** A fact's own time, as written, in milliseconds since the epoch; null where it has none. */
export function writtenTime(fact: Fact): number | null {
  if ("at" in fact) return fact.at;
  const { timestamp } = fact;
  const time = timestamp !== null && ISO_8601.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
