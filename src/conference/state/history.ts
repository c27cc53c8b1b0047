/** How many were in a room at each moment, as their webhooks' own times tell it now. Pure. */
import { clockOf, usableTime } from "./leg/usable-time.ts";
import type { CountStep } from "../../contract/conference-view.ts";
import { participant } from "./leg/participant.ts";
import type { Fact } from "./leg/fact.ts";
import { hasGap } from "./leg/location.ts";

/**
 * The count from `from` to `to` (milliseconds since the epoch), a step for each change of it; the first is at `from`. `sets`:
 * the legs that can have been in the room meanwhile. What came late counts from when it happened, so an hour that is asked
 * for again may read differently.
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

/** When one leg came in (+1) and went out (-1). */
function comings(set: readonly Fact[], to: number, maxCallMs: number): [number, 1 | -1][] {
  const clock = clockOf(set, to);
  const gap = hasGap(set);
  const timed = set.map((fact) => ({ fact, at: usableTime(fact, clock) }));
  const times = timed.flatMap(({ at }) => (at === null || at > to ? [] : [at])).toSorted(byTime);
  const changes: [number, 1 | -1][] = [];
  let inside = false;
  for (const [index, time] of times.entries()) {
    // Between two webhooks only time changes the leg: it becomes unconfirmed, or lapses. When it was let in is known all the
    // time, since nobody counts before that.
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
