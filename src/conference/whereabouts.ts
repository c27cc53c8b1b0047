/** In which conversation of the carrier's a leg is, and which one is its room, from the transfers in its set. */
import type { TransferWebhook } from "./webhook.ts";

/**
 * The conversation that a leg's NCCO moved it to. `transfers` in canonical order; `origin` is the conversation that
 * the answer webhook named. Where it named none, a leg began in the one that it left once more than it came to.
 */
export function homeOf(
  transfers: readonly TransferWebhook[],
  origin: string | null,
): string | null {
  const [first] = transfers;
  if (first === undefined) return null;
  const start = origin ?? onlyOneWith(-1, transfers);
  const entry = transfers.find(({ from }) => from === start);
  if (entry !== undefined) return entry.to;
  // The way in was lost: whatever a leg leaves first, if not its origin, was its room.
  return origin === null ? first.to : first.from;
}

/** The conversation that a leg arrived at once more than it left it; where that is not one, where it last went. */
export function locationOf(transfers: readonly TransferWebhook[]): string | null {
  return onlyOneWith(1, transfers) ?? transfers.at(-1)?.to ?? null;
}

/** The one conversation whose arrivals less its departures are `net`; null where there are several, or none. */
function onlyOneWith(net: number, transfers: readonly TransferWebhook[]): string | null {
  const arrivals = new Map<string, number>();
  for (const { from, to } of transfers) {
    arrivals.set(from, (arrivals.get(from) ?? 0) - 1);
    arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  }
  const found = [...arrivals].filter(([, of]) => of === net);
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}
