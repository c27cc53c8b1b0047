/** The snapshots and deltas of the live feed of all conferences. Pure. */
import type { Source } from "../durable/feed-source.ts";
import { iso } from "../lib/time.ts";
import { maskedForViewer } from "../lib/masking/viewer-mask.ts";
import { problemView, type Problem } from "./problem.ts";
import { summaryOf, type KnownConference } from "./summary.ts";
import type { DirectoryDelta, DirectorySnapshot } from "../contract/live-messages.ts";

export interface DirectoryState {
  /** Milliseconds since the epoch. */
  at: number;
  live: KnownConference[];
  /** Newest first. */
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

/** Conferences and problems are immutable objects, replaced on change, so identity tells which have changed. */
function deltaOf(
  before: DirectoryState,
  { at, live, problems }: DirectoryState,
  seq: number,
): DirectoryDelta | null {
  const [oldLive, oldProblems] = [new Set(before.live), new Set(before.problems)];
  const names = new Set(live.map(({ name }) => name));
  const ended = before.live.filter(({ name }) => !names.has(name));
  const changed = [
    ...live.filter((one) => !oldLive.has(one)),
    ...ended.map((one) => ({ ...one, endedAt: at })),
  ];
  const noticed = problems.filter((one) => !oldProblems.has(one));
  if (changed.length + noticed.length === 0) return null;
  return {
    type: "delta",
    seq,
    asOf: iso(at),
    conferences: changed.map(summaryOf),
    problems: noticed.map(problemView),
  };
}
