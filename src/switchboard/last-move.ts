/**
 * Where the carrier moved a leg whose answer says nothing of it: an operator's own program can call somebody into a room.
 * Pure.
 */
import type { Delivery } from "../conference/state/delivery.ts";
import { isTerminal } from "../conference/state/leg/ending.ts";
import { writtenTime } from "../conference/state/leg/fact.ts";
import type { LegOutcome } from "./outcome.ts";

/**
 * When it is looked up whose room that is, after the transfer came. An answer webhook that is merely late goes first, and
 * so does the first caller's own transfer, which tells where the room is; who comes long before them is found at last.
 */
const LOOKS_AFTER_MS = [2_000, 30_000, 600_000];

interface Heard {
  held: readonly Delivery[];
  outcome: LegOutcome | null;
}

export interface Move {
  /** The carrier's conversation. */
  to: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

/** Null where it is known where the leg is, where it has ended, and where a later answer turned it away. */
export function lastMove({ held, outcome }: Heard): Move | null {
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

/** When to look next, in milliseconds since the epoch; null: not again. */
export function nextLook(heard: Heard, now: number): number | null {
  const move = lastMove(heard);
  if (move === null) return null;
  const looks = LOOKS_AFTER_MS.map((ms) => move.receivedAt + ms);
  return looks.find((at) => at > now) ?? null;
}
