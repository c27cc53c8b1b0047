/** The order of a conference's list: who came first stands first. Pure, and the page's order too. */
import type { ParticipantView } from "../conference/state/view.ts";

/** For sorting; those who have not been answered come last. */
export function byArrival(a: ParticipantView, b: ParticipantView): number {
  const [first, second] = [a, b].map(({ joinedAt, answeredAt }) => joinedAt ?? answeredAt ?? "~");
  if (first !== second) return (first ?? "") < (second ?? "") ? -1 : 1;
  return a.leg < b.leg ? -1 : 1;
}
