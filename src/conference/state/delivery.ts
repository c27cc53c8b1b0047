/** A webhook on its way into a conference: what its leg's set keeps, and what the journal keeps. */
import { parseEvent } from "../../vonage/event.ts";
import type { Payload } from "../../vonage/payload.ts";
import type { NumberedEntry } from "./journal-entry.ts";
import { NO_RULES, type Rules } from "./admission-policy.ts";
import { iso } from "../../lib/time.ts";
import { factOf, type AdmissionFact, type Fact } from "./leg/fact.ts";

export interface Delivery {
  webhook: Fact;
  kind: string;
  status: string | null;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** JSON. */
  body: string;
  /** Of an admission: after this moment (milliseconds) the caller no longer waits for an answer. */
  deadline?: number;
  /** Of an admission: what its room asks of the conference. */
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

/** An admission as the journal keeps it, with what was decided. */
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

/** That a leg was sent elsewhere after all, at `at` (milliseconds since the epoch). */
export function releaseDelivery(at: number): Delivery {
  return {
    webhook: { type: "release", at },
    kind: "admission",
    status: "released",
    receivedAt: at,
    body: "{}",
  };
}

/** What the carrier confirmed that we asked of it, at `at` (milliseconds since the epoch). */
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

/** What the carrier said of a leg when we asked, at `at` (milliseconds since the epoch). */
export function lookUpDelivery(status: string, at: number): Delivery {
  return {
    webhook: { type: "look-up", at, status },
    kind: "look-up",
    status,
    receivedAt: at,
    body: JSON.stringify({ status, timestamp: iso(at) }),
  };
}

/** What we wrote of a leg ourselves, which does not go with it when it moves. */
const OUR_OWN: ReadonlySet<string> = new Set(["admission", "control", "look-up"]);

/** A webhook of the carrier's as it came, read again from the journal. */
export function redelivery({ kind, status, receivedAt, body, seq }: NumberedEntry): Delivery[] {
  if (OUR_OWN.has(kind)) return [];
  const webhook = factOf(parseEvent(JSON.parse(body) as Payload), String(seq));
  return [{ webhook, kind, status, receivedAt, body }];
}
