/** The carrier's `error` events. They report faults of our NCCOs, not of the caller. Pure. */
import type { Notice } from "../directory/problem.ts";
import { maskNumbers, quoted } from "../lib/masking/mask.ts";
import type { Payload } from "../vonage/payload.ts";

/** The log's field with the carrier's reason, where it gave one. */
export function errorReason({ reason }: Payload): { reason?: string } {
  return typeof reason === "string" ? { reason: maskNumbers(reason) } : {};
}

/** The problem's subject is the reason, and not the leg: one faulty NCCO causes the same error on many legs. */
export function carrierErrorNotice(leg: string | null, { reason }: Payload): Omit<Notice, "times"> {
  const words = typeof reason === "string" ? quoted(reason) : "no reason given";
  return {
    kind: "carrier-error",
    subject: words,
    detail: `The carrier reported an error${leg === null ? "" : ` on leg ${leg}`}: ${words}`,
  };
}
