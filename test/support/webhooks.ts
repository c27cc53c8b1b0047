/** Builders of a set's members. Times are seconds after `T0`. */
import type {
  AdmissionWebhook,
  ControlWebhook,
  LookUpWebhook,
  StatusWebhook,
  TransferWebhook,
} from "../../src/conference/state/leg/fact.ts";
import { T0 } from "./traces.ts";

export function at(seconds: number): number {
  return T0 + seconds * 1000;
}

export function admission(
  seconds: number,
  changes: Partial<AdmissionWebhook> = {},
): AdmissionWebhook {
  return {
    type: "admission",
    at: at(seconds),
    caller: "447700900123",
    line: "14155550100",
    role: "guest",
    origin: "CON-origin",
    greetingMs: 4_000,
    checked: true,
    ...changes,
  };
}

export function status(
  name: StatusWebhook["status"],
  seconds: number | null,
  changes: Partial<StatusWebhook> = {},
): StatusWebhook {
  return {
    type: "status",
    status: name,
    timestamp: seconds === null ? null : new Date(at(seconds)).toISOString(),
    direction: "inbound",
    from: "447700900123",
    to: "14155550100",
    detail: null,
    ...changes,
  };
}

/** What the carrier confirmed. */
export function control(
  seconds: number,
  change: Pick<ControlWebhook, "muted" | "earmuffed">,
): ControlWebhook {
  return { type: "control", at: at(seconds), ...change };
}

/** What the carrier said when it was asked. */
export function lookUp(name: string, seconds: number): LookUpWebhook {
  return { type: "look-up", at: at(seconds), status: name };
}

export function transfer(from: string, to: string, seconds: number | null): TransferWebhook {
  const timestamp = seconds === null ? null : new Date(at(seconds)).toISOString();
  return { type: "transfer", timestamp, from: `CON-${from}`, to: `CON-${to}` };
}
