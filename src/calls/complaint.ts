/** What the carrier complains of in an `error` event; it is about our NCCOs, not about the caller. Pure. */
import type { Notice } from "../directory/problem.ts";
import { maskNumbers, quoted } from "../lib/masking/mask.ts";
import type { Payload } from "../vonage/payload.ts";

/** For the log. */
export function complaint({ reason }: Payload): { reason?: string } {
  return typeof reason === "string" ? { reason: maskNumbers(reason) } : {};
}

/** Complaints come by leg, and are about our NCCOs, so that each is a problem of its own words. */
export function complaintOf(leg: string | null, { reason }: Payload): Omit<Notice, "times"> {
  const words = typeof reason === "string" ? quoted(reason) : "no reason given";
  return {
    kind: "carrier-error",
    subject: words,
    detail: `The carrier reported an error${leg === null ? "" : ` on leg ${leg}`}: ${words}`,
  };
}
