/** Where a leg whose answer webhook never reached us was sent: its number's line tells, if anything can. */
import { maxParticipants } from "../config/settings.ts";
import { entryOf } from "../lines/parse/access.ts";
import { lookUpLine } from "../lines/kv/look-up.ts";
import type { LegOutcome } from "./outcome.ts";

/** Null where the line cannot be read right now. */
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
      // Which room a code opened, and whether a PIN was right, only the caller's answer can tell.
      if (entry.kind !== "open") return { kind: "none", reason: "prompting", at };
      const { room, role } = entry;
      const { conference } = room;
      return { kind: "conference", conference, line: room, role, at, guessed: true };
    }
  }
}
