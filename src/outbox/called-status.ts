/** The latest status of a call that we made, in whatever order its webhooks come. Pure. */

const RANK: Readonly<Record<string, number>> = {
  started: 1,
  ringing: 2,
  answered: 3,
  human: 4,
  machine: 4,
  disconnected: 5,
  completed: 6,
  // More telling than the `completed` that may follow them.
  timeout: 7,
  unanswered: 7,
  cancelled: 7,
  busy: 7,
  rejected: 7,
  failed: 7,
};

/** The later one of two statuses of a call; the first one if neither is later. */
export function laterStatus(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return (RANK[b] ?? 0) > (RANK[a] ?? 0) ? b : a;
}
