/**
 * A fact on its way into a conference, with what the journal keeps of it. Deliveries are sent over RPC, and the switchboard stores
 * them as JSON, so their fields keep their names. Pure.
 */
import { parseEvent } from "../../vonage/event.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { NumberedEntry } from "./journal-entry.ts";
import { NO_RULES, type Rules } from "./admission-policy.ts";
import { iso } from "../../lib/time.ts";
import { factOf, type AdmissionFact, type Fact } from "./leg/fact.ts";

export interface Delivery {
  /** The fact; most are webhooks. */
  webhook: Fact;
  kind: string;
  status: string | null;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** JSON. */
  body: string;
  /** Of an admission: the caller waits for an answer until this moment, in milliseconds since the epoch. */
  deadline?: number;
  /** Of an admission: the settings of its room. */
  rules?: Rules;
}

export function admissionDelivery(
  admission: Omit<AdmissionFact, "type" | "checked">,
  deadline: number,
  rules: Rules = NO_RULES,
): Delivery {
  return {
    webhook: { type: "admission", ...admission, checked: true },
    kind: "admission",
    status: null,
    receivedAt: admission.at,
    body: "{}",
    deadline,
    rules,
  };
}

/** An admission as the journal keeps it, with the decision. */
export function admissionBody(admission: AdmissionFact): string {
  const { caller, line, role, origin, at, checked, denied, unexplained = false } = admission;
  return JSON.stringify({
    caller,
    line,
    role,
    conversation_uuid: origin,
    admission: denied ?? (checked ? "checked" : "unchecked"),
    ...(unexplained ? { payload_hash: "unexplained" } : {}),
    timestamp: iso(at),
  });
}

/** Releases a leg that belongs to another conference after all, at `at` (milliseconds since the epoch). */
export function releaseDelivery(at: number): Delivery {
  return {
    webhook: { type: "release", at },
    kind: "admission",
    status: "released",
    receivedAt: at,
    body: "{}",
  };
}

/** A command that the carrier confirmed at `at` (milliseconds since the epoch). */
export function controlDelivery(
  change: { muted?: boolean; earmuffed?: boolean },
  at: number,
): Delivery {
  return {
    webhook: { type: "control", at, ...change },
    kind: "control",
    status: null,
    receivedAt: at,
    body: JSON.stringify({ ...change, timestamp: iso(at) }),
  };
}

/** The answer to a look-up of a leg at the carrier, at `at` (milliseconds since the epoch). */
export function lookUpDelivery(status: string, at: number): Delivery {
  return {
    webhook: { type: "look-up", at, status },
    kind: "look-up",
    status,
    receivedAt: at,
    body: JSON.stringify({ status, timestamp: iso(at) }),
  };
}

/** Entries that the bridge wrote itself. They stay when a leg moves to another conference. */
const OUR_OWN: ReadonlySet<string> = new Set(["admission", "control", "look-up"]);

/** A carrier's webhook as it came, read back from the journal; nothing for other entries. */
export function redelivery({ kind, status, receivedAt, body, seq }: NumberedEntry): Delivery[] {
  if (OUR_OWN.has(kind)) return [];
  const webhook = factOf(parseEvent(JSON.parse(body) as Payload), String(seq));
  return [{ webhook, kind, status, receivedAt, body }];
}
