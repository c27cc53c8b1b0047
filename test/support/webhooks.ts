/** Builders of a set's members. Times are seconds after `T0`. */
import type {
  AdmissionWebhook,
  StatusWebhook,
  TransferWebhook,
} from "../../src/conference/webhook.ts";
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

export function transfer(from: string, to: string, seconds: number | null): TransferWebhook {
  const timestamp = seconds === null ? null : new Date(at(seconds)).toISOString();
  return { type: "transfer", timestamp, from: `CON-${from}`, to: `CON-${to}` };
}
