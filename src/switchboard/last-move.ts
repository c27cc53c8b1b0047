/**
 * Where the carrier moved a leg that we have not admitted. Another program of the operator can call somebody into one of our rooms;
 * then only the transfer tells. Pure.
 */
import type { Delivery } from "../conference/state/delivery.ts";
import { isTerminal } from "../conference/state/leg/ending.ts";
import { writtenTime } from "../conference/state/leg/fact.ts";
import type { LegOutcome } from "./outcome.ts";

/**
 * How long after the transfer its conversation is looked up in the directory. The first wait lets a late answer webhook, and the
 * transfer of the first admitted caller, which makes the conversation known, come first. The others are for a leg that was there
 * long before that caller.
 */
const LOOK_UP_AFTER_MS = [2_000, 30_000, 600_000];

interface Known {
  held: readonly Delivery[];
  outcome: LegOutcome | null;
}

export interface Move {
  /** The carrier's conversation id. */
  to: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

/** Null if the leg has a conference, has ended, or was turned away by an answer after the move. */
export function lastMove({ held, outcome }: Known): Move | null {
  const ended = held.some(({ webhook }) => isTerminal(webhook));
  if (ended || outcome?.kind === "conference") return null;
  const moves = held.flatMap(({ webhook, receivedAt }) =>
    webhook.type === "transfer"
      ? [{ to: webhook.to, receivedAt, at: writtenTime(webhook) ?? receivedAt }]
      : [],
  );
  const last = moves.toSorted((a, b) => a.at - b.at).at(-1);
  if (last === undefined || last.receivedAt <= (outcome?.at ?? 0)) return null;
  const { to, receivedAt } = last;
  return { to, receivedAt };
}

/** When to look up the move next, in milliseconds since the epoch; null: not again. */
export function nextLookUpAt(known: Known, now: number): number | null {
  const move = lastMove(known);
  if (move === null) return null;
  const times = LOOK_UP_AFTER_MS.map((ms) => move.receivedAt + ms);
  return times.find((at) => at > now) ?? null;
}
