/** What happens to a leg whose answer webhook did not reach us: its number's line tells where it went, or it is reported. */
import { maxParticipants } from "../config/settings.ts";
import { tellProblem } from "../directory/client.ts";
import { entryOf } from "../lines/parse/access.ts";
import { lookUpLine } from "../lines/kv/look-up.ts";
import type { LegOutcome, Reason } from "./outcome.ts";

/** Null if the line cannot be read right now. */
export async function fallbackRoute(
  env: Env,
  number: string,
  at: number,
): Promise<LegOutcome | null> {
  const found = await lookUpLine(env.LINES, number, maxParticipants(env));
  switch (found.kind) {
    case "unavailable":
      return null;
    case "unknown":
      return { kind: "none", reason: "unknown-number", at };
    case "misconfigured":
      return { kind: "none", reason: "misconfigured-line", at };
    case "line": {
      const entry = entryOf(found.line);
      // Only the caller's own entry tells which room a code opened, and whether a PIN was right.
      if (entry.kind !== "open") return { kind: "none", reason: "prompting", at };
      const { room, role } = entry;
      const { conference } = room;
      return { kind: "conference", conference, room, role, at, guessed: true };
    }
  }
}

/**
 * Reports a leg that could be sent to no conference. The reason is the subject, so that a wrong answer URL, which causes one such
 * leg per call, is one problem. Never throws.
 */
export function reportUnrouted(
  env: Env,
  waitUntil: (work: Promise<unknown>) => void,
  leg: string,
  reason: Reason,
): void {
  // A caller who hangs up at a prompt is no problem.
  if (reason === "prompting") return;
  const detail = `Webhooks of legs came, and no answer webhook that says where they went. The latest: ${leg}.`;
  tellProblem(env, waitUntil, { kind: "unrouted-leg", subject: reason, detail });
}
