/** What the live sockets of all conferences are fed with. Pure. */
import type { Source } from "../durable/live-feed.ts";
import { iso } from "../lib/time.ts";
import { maskedForViewer } from "../lib/masking/viewer-mask.ts";
import { problemView, type Problem } from "./problem.ts";
import { summaryOf, type Known } from "./summary.ts";
import type { DirectoryDelta, DirectorySnapshot } from "../contract/live-messages.ts";

export interface DirectoryState {
  /** Milliseconds since the epoch. */
  at: number;
  live: Known[];
  /** The newest first. */
  problems: Problem[];
}

export function directorySource(now: () => DirectoryState): Source<DirectoryState> {
  return {
    now,
    snapshot: ({ at, live, problems }, seq): DirectorySnapshot => ({
      type: "snapshot",
      seq,
      asOf: iso(at),
      conferences: live.map(summaryOf),
      problems: problems.map(problemView),
    }),
    delta: deltaOf,
    masked: maskedForViewer,
  };
}

/** What is remembered of a conference or problem is replaced when it changes, so what is the same has not. */
function deltaOf(
  before: DirectoryState,
  { at, live, problems }: DirectoryState,
  seq: number,
): DirectoryDelta | null {
  const [knew, saw] = [new Set(before.live), new Set(before.problems)];
  const names = new Set(live.map(({ name }) => name));
  const ended = before.live.filter(({ name }) => !names.has(name));
  const changed = [
    ...live.filter((one) => !knew.has(one)),
    ...ended.map((one) => ({ ...one, endedAt: at })),
  ];
  const noticed = problems.filter((one) => !saw.has(one));
  if (changed.length + noticed.length === 0) return null;
  return {
    type: "delta",
    seq,
    asOf: iso(at),
    conferences: changed.map(summaryOf),
    problems: noticed.map(problemView),
  };
}
