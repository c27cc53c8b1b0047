/** How many were in a room over time. Pure. */
import type { CountStep } from "../../contract/conference-view.ts";

/** What `GET /api/conferences/NAME/history` answers. */
export interface History {
  /** ISO 8601. */
  from: string;
  to: string;
  steps: CountStep[];
}

/** The steps with a later count appended, unless it changes nothing. */
export function withCount(
  steps: readonly CountStep[],
  at: number,
  count: number,
): readonly CountStep[] {
  const last = steps.at(-1);
  if (last !== undefined && (last[0] > at || last[1] === count)) return steps;
  return [...steps, [at, count]];
}

/** The steps from a moment on. The first begins at that moment, with the count that held then. */
export function stepsFrom(steps: readonly CountStep[], from: number): CountStep[] {
  const later = steps.filter(([at]) => at > from);
  const before = steps.findLast(([at]) => at <= from);
  return before === undefined ? later : [[from, before[1]], ...later];
}

export function mostOf(steps: readonly CountStep[]): number {
  return Math.max(0, ...steps.map(([, count]) => count));
}
