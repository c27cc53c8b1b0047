/** Where a leg was sent, and how a leg is resolved whose answer webhook did not reach us. Pure. */
import type { Delivery } from "../conference/state/delivery.ts";
import { writtenTime, type StatusFact, type Fact } from "../conference/state/leg/fact.ts";
import type { Refusal } from "../lines/speech/prompts.ts";
import type { Role, Room } from "../lines/room.ts";
import { lineKey } from "../vonage/numbers.ts";

/**
 * Why a leg was sent to no conference. `prompting`: it is or was being asked for a code or a PIN; `invited`: we called it, and it
 * has not joined.
 */
export type Reason = Refusal | "unrouted" | "prompting" | "invited";

/** Times in milliseconds since the epoch. */
export interface InConference {
  kind: "conference";
  conference: string;
  /** The room as it was when the caller was let in, so that a repeated answer webhook gets the same NCCO. */
  room: Room;
  /** The role in which the caller was let in; missing if the room alone tells. */
  role?: Role;
  at: number;
  /** Whether there was no answer webhook, so that a fallback decided. A later admission overrides it. */
  guessed: boolean;
  /** The conference to which a fallback sent the leg before, until that one has given back the leg's webhooks. */
  recallFrom?: string;
}

export interface InNone {
  kind: "none";
  reason: Reason;
  at: number;
  /** As above. */
  recallFrom?: string;
}

export type LegOutcome = InConference | InNone;

/**
 * An outcome as it is stored and sent to the Worker. Before this release the room was called `line`. Both names are written, so
 * that the release before can read what this one writes while both run, or after a rollback; `line` can go with the next
 * release. What is read may have `line` alone: from rows of up to `legDays` ago, and from objects that run the release before.
 */
export type WireConference = Omit<InConference, "room"> & { room?: Room; line: Room };
export type WireOutcome = WireConference | InNone;

export function toWire(outcome: InConference): WireConference;
export function toWire(outcome: LegOutcome): WireOutcome;
export function toWire(outcome: LegOutcome): WireOutcome {
  return outcome.kind === "conference" ? { ...outcome, line: outcome.room } : outcome;
}

export function fromWire(outcome: WireOutcome): LegOutcome {
  if (outcome.kind === "none") return outcome;
  const { line, ...rest } = outcome;
  return { room: line, ...rest };
}

/** Whether a leg's conference is final and has received all of the leg's webhooks. */
export function isSettled({ guessed, recallFrom }: InConference): boolean {
  return !guessed && recallFrom === undefined;
}

/** The conference from which a leg must be recalled before it goes to `next`; null if there is none. */
export function recalledFrom(current: LegOutcome | null, next: string | null): string | null {
  if (current === null) return null;
  const conference = current.kind === "conference" ? current.conference : null;
  const from = current.recallFrom ?? conference;
  return from === null || from === next ? null : from;
}

/** After this long without an outcome, the leg's answer webhook will not reach us any more. */
export const RESOLVE_AFTER_MS = 30_000;
/** The line of a number may have been edited since an older status, so that status is not used. */
const FALLBACK_WITHIN_MS = 600_000;

/** What to do about a leg without an outcome. */
export type Resolution =
  | { kind: "look-up"; number: string }
  /** There is no inbound status yet, but one may still come. */
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
    return time !== null && Math.abs(now - time) < FALLBACK_WITHIN_MS;
  });
  if (recent !== undefined) return { kind: "look-up", number: lineKey(recent.to ?? "") };
  const until = row.firstAt + FALLBACK_WITHIN_MS;
  return inbound.length === 0 && now < until ? { kind: "wait", until } : { kind: "unrouted" };
}

/** Whether the leg was called by a program, ours or another: then no answer webhook is missing. */
export function isOutbound({ held }: { held: readonly Delivery[] }): boolean {
  return held.some(({ webhook }) => webhook.type === "status" && webhook.direction === "outbound");
}

function isInbound(webhook: Fact): webhook is StatusFact {
  return webhook.type === "status" && webhook.direction === "inbound";
}
