/** Where a leg was sent, and what becomes of a leg of which that is not known. Pure. */
import type { Delivery } from "../conference/state/delivery.ts";
import { writtenTime, type StatusFact, type Fact } from "../conference/state/leg/fact.ts";
import type { Refusal } from "../lines/speech/prompts.ts";
import type { Role, Room } from "../lines/room.ts";
import { lineKey } from "../vonage/numbers.ts";

/**
 * Why a leg was sent nowhere; `prompting`: it is, or was, being asked for a code or a PIN; `invited`: we called it, and it has
 * not joined.
 */
export type Reason = Refusal | "unrouted" | "prompting" | "invited";

/** Times in milliseconds since the epoch. */
export type LegOutcome =
  | {
      kind: "conference";
      conference: string;
      /** The room as it was when the caller was let in, so that asking twice gets the same NCCO. */
      line: Room;
      /** As which the caller was let in; missing where the room alone tells. */
      role?: Role;
      at: number;
      /** True where the answer webhook never reached us and the number's line had to tell. */
      guessed: boolean;
      /** The conference that a wrong guess sent the leg to, as long as its webhooks have not been recalled from there. */
      recallFrom?: string;
    }
  | {
      kind: "none";
      reason: Reason;
      at: number;
      /** As above: the leg was guessed into a conference before its line refused it. */
      recallFrom?: string;
    };

/** Whether a conference is a leg's for good, and has all that came of it. */
export function isSettled({
  guessed,
  recallFrom,
}: Extract<LegOutcome, { kind: "conference" }>): boolean {
  return !guessed && recallFrom === undefined;
}

/** The conference that a leg must be recalled from before `next` can be told of it; null where there is none. */
export function recalledFrom(standing: LegOutcome | null, next: string | null): string | null {
  if (standing === null) return null;
  const guess = standing.kind === "conference" ? standing.conference : null;
  const from = standing.recallFrom ?? guess;
  return from === null || from === next ? null : from;
}

/** A leg without an outcome for this long never had an answer webhook that reached us. */
export const RESOLVE_AFTER_MS = 30_000;
/** An older status says nothing about what its number leads to now. */
const GUESS_WITHIN_MS = 600_000;

/** What to do about a leg without an outcome at the moment `now`. */
export type Resolution =
  | { kind: "look-up"; number: string }
  /** No inbound status has come yet, but one still may. */
  | { kind: "wait"; until: number }
  | { kind: "unrouted" };

export function resolution(
  row: { held: readonly Delivery[]; firstAt: number },
  now: number,
): Resolution {
  if (now < row.firstAt + RESOLVE_AFTER_MS) {
    return { kind: "wait", until: row.firstAt + RESOLVE_AFTER_MS };
  }
  const inbound = row.held.map(({ webhook }) => webhook).filter((webhook) => isInbound(webhook));
  const recent = inbound.find((webhook) => {
    const time = writtenTime(webhook);
    return time !== null && Math.abs(now - time) < GUESS_WITHIN_MS;
  });
  if (recent !== undefined) return { kind: "look-up", number: lineKey(recent.to ?? "") };
  const until = row.firstAt + GUESS_WITHIN_MS;
  return inbound.length === 0 && now < until ? { kind: "wait", until } : { kind: "unrouted" };
}

/** Whether somebody's program called this leg: no answer webhook of ours is missing then. */
export function isOutbound({ held }: { held: readonly Delivery[] }): boolean {
  return held.some(({ webhook }) => webhook.type === "status" && webhook.direction === "outbound");
}

function isInbound(webhook: Fact): webhook is StatusFact {
  return webhook.type === "status" && webhook.direction === "inbound";
}
