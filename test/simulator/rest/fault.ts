/**
 * Faults of the carrier's REST side, for a client that must cope with an outcome that it does not know. Each says
 * whether the carrier has acted by the time that something goes wrong: a client cannot tell the two apart.
 */
import type { Command } from "./requests/command.ts";
import { errorReply } from "./reply.ts";
import type { Reply } from "./reply.ts";

export type Fault =
  /** The connection closes without a reply. */
  | { readonly kind: "lost"; readonly acted: boolean }
  /** An error comes back in the place of the reply. */
  | { readonly kind: "error"; readonly acted: boolean; readonly status: number }
  /** The reply comes when the promise resolves; where it has not acted before, it acts then. */
  | { readonly kind: "late"; readonly acted: boolean; readonly until: Promise<unknown> };

/** Decides for each request that was accepted what goes wrong with it, or null. */
export type FaultPlan = (command: Command) => Fault | null;

export const NO_FAULTS: FaultPlan = () => null;

/** A plan for the first request that matches. */
export function faultOnce(fault: Fault, matches: (command: Command) => boolean): FaultPlan {
  let happened = false;
  return (command) => {
    if (happened || !matches(command)) return null;
    happened = true;
    return fault;
  };
}

/** Acts under a fault. Returns what the client is told, or null where it is told nothing. */
export async function actUnder(fault: Fault | null, act: () => Reply): Promise<Reply | null> {
  if (fault === null) return act();
  const reply = fault.acted ? act() : null;
  switch (fault.kind) {
    case "lost":
      return null;
    case "error":
      return errorReply(fault.status);
    case "late":
      await fault.until;
      return reply ?? act();
  }
}
