/** How many were in a room at each moment, by the times that the webhooks themselves carry. Pure. */
import { clockOf, usableTime } from "./leg/usable-time.ts";
import type { CountStep } from "../../contract/conference-view.ts";
import { participant } from "./leg/participant.ts";
import type { Fact } from "./leg/fact.ts";
import { hasGap } from "./leg/location.ts";

/**
 * The count from `from` to `to` (milliseconds since the epoch), with one step per change; the first step is at `from`. `sets`: the
 * sets of all legs that can have been in the room in that time. A late webhook counts from when it happened, so the history of
 * the same hour may change.
 */
export function countSteps(
  sets: readonly (readonly Fact[])[],
  from: number,
  to: number,
  maxCallMs: number,
): CountStep[] {
  const changes = sets.flatMap((set) => comings(set, to, maxCallMs)).toSorted(([a], [b]) => a - b);
  const steps: CountStep[] = [[from, 0]];
  let count = 0;
  for (const [at, change] of changes) {
    count += change;
    const latest = steps.at(-1);
    if (latest !== undefined && at <= latest[0]) latest[1] = count;
    else steps.push([at, count]);
  }
  return steps.filter(([, value], index) => index === 0 || value !== steps[index - 1]?.[1]);
}

/** When one leg joined (+1) and left (-1). */
function comings(set: readonly Fact[], to: number, maxCallMs: number): [number, 1 | -1][] {
  const clock = clockOf(set, to);
  const gap = hasGap(set);
  const timed = set.map((fact) => ({ fact, at: usableTime(fact, clock) }));
  const times = timed.flatMap(({ at }) => (at === null || at > to ? [] : [at])).toSorted(byTime);
  const changes: [number, 1 | -1][] = [];
  let inside = false;
  for (const [index, time] of times.entries()) {
    // Between two facts only time changes the leg: it becomes unconfirmed, or lapses. The admission is included from the start:
    // it bounds the possible times, and no leg counts before it.
    const known = timed.flatMap(({ fact, at }) =>
      at === null || at <= time || fact.type === "admission" ? [fact] : [],
    );
    const until = times[index + 1] ?? to;
    for (let at: number | null = time; at !== null && at <= until;) {
      const { phase, nextChangeAt } = participant(known, at, maxCallMs, gap);
      if ((phase === "in") !== inside) {
        inside = !inside;
        changes.push([at, inside ? 1 : -1]);
      }
      at = nextChangeAt;
    }
  }
  return changes;
}

function byTime(a: number, b: number): number {
  return a - b;
}
