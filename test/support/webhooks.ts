/** Builders of a set's members. Times are seconds after `T0`. */
import type {
  AdmissionFact,
  ControlFact,
  LookUpFact,
  StatusFact,
  TransferFact,
} from "../../src/conference/state/leg/fact.ts";
import { T0 } from "./traces.ts";

export function at(seconds: number): number {
  return T0 + seconds * 1000;
}

export function admission(seconds: number, changes: Partial<AdmissionFact> = {}): AdmissionFact {
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
  name: StatusFact["status"],
  seconds: number | null,
  changes: Partial<StatusFact> = {},
): StatusFact {
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
  change: Pick<ControlFact, "muted" | "earmuffed">,
): ControlFact {
  return { type: "control", at: at(seconds), ...change };
}

/** What the carrier said when it was asked. */
export function lookUp(name: string, seconds: number): LookUpFact {
  return { type: "look-up", at: at(seconds), status: name };
}

export function transfer(from: string, to: string, seconds: number | null): TransferFact {
  const timestamp = seconds === null ? null : new Date(at(seconds)).toISOString();
  return { type: "transfer", timestamp, from: `CON-${from}`, to: `CON-${to}` };
}
