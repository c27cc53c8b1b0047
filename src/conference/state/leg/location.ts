/** Which of the carrier's conversations a leg is in, and which one is its room, from the transfers in its set. Pure. */
import { earliestFirst } from "./canonical-order.ts";
import type { TransferFact, Fact } from "./fact.ts";

/** A set keeps so many of the earliest and of the latest transfers. */
export const FIRST_MOVES = 8;
export const LAST_MOVES = 8;

export interface HomeAndLocation {
  /** The conversation that is the leg's room. */
  home: string | null;
  /** The conversation that it is in. */
  location: string | null;
}

/** Whether a set is full of transfers, so that some may have been dropped between the earliest and the latest. */
export function hasGap(set: readonly Fact[]): boolean {
  return set.filter(({ type }) => type === "transfer").length >= FIRST_MOVES + LAST_MOVES;
}

/**
 * `transfers` in canonical order; `origin` is the conversation that the answer webhook named. With a gap, arrivals and
 * departures do not add up: then the earliest transfers tell the home, and the last one tells the location.
 */
export function homeAndLocation(
  transfers: readonly TransferFact[],
  origin: string | null,
  gap: boolean,
): HomeAndLocation {
  if (!gap) return { home: homeOf(transfers, origin), location: locationOf(transfers) };
  const first = transfers.toSorted(earliestFirst).slice(0, FIRST_MOVES);
  return { home: homeOf(first, origin), location: transfers.at(-1)?.to ?? null };
}

/**
 * The conversation that a leg's NCCO moved it to. Without a known origin, the leg began in the conversation that it left once
 * more than it arrived at.
 */
function homeOf(transfers: readonly TransferFact[], origin: string | null): string | null {
  const [first] = transfers;
  if (first === undefined) return null;
  const start = origin ?? onlyOneWith(-1, transfers);
  const entry = transfers.find(({ from }) => from === start);
  if (entry !== undefined) return entry.to;
  // The transfer into the room was lost: the first conversation that the leg left, if not its origin, was its room.
  return origin === null ? first.to : first.from;
}

/** The one conversation that the leg arrived at once more than it left it; if there is not exactly one, the last `to`. */
function locationOf(transfers: readonly TransferFact[]): string | null {
  return onlyOneWith(1, transfers) ?? transfers.at(-1)?.to ?? null;
}

/** The only conversation whose arrivals minus departures are `net`; null where there are several, or none. */
function onlyOneWith(net: number, transfers: readonly TransferFact[]): string | null {
  const arrivals = new Map<string, number>();
  for (const { from, to } of transfers) {
    arrivals.set(from, (arrivals.get(from) ?? 0) - 1);
    arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  }
  const found = [...arrivals].filter(([, of]) => of === net);
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}
