/** The state of all conferences, built from the live messages. Pure; benchmarks and tests use it without a browser. */
import {
  quotaOf,
  type ConferenceSummary,
  type ProblemKind,
  type ProblemView,
} from "../../contract/directory-view.ts";
import type { DirectoryDelta, DirectorySnapshot } from "../../contract/live-messages.ts";

export interface DirectoryState {
  seq: number;
  asOf: string;
  /** Those that are live. */
  conferences: ReadonlyMap<string, ConferenceSummary>;
  /** Newest first. */
  problems: readonly ProblemView[];
}

/** The state after a message; null where a message was missed, so that a snapshot must be requested. */
export function applyDirectory(
  state: DirectoryState | null,
  message: DirectorySnapshot | DirectoryDelta,
): DirectoryState | null {
  const { seq, asOf } = message;
  if (message.type === "snapshot") {
    const conferences = new Map(message.conferences.map((one) => [one.name, one]));
    return { seq, asOf, conferences, problems: message.problems };
  }
  if (state === null || seq !== state.seq + 1) return null;
  return {
    seq,
    asOf,
    conferences: withChanges(state.conferences, message.conferences),
    problems: withProblems(state.problems, message.problems),
  };
}

function withChanges(
  known: ReadonlyMap<string, ConferenceSummary>,
  changes: readonly ConferenceSummary[],
): ReadonlyMap<string, ConferenceSummary> {
  if (changes.length === 0) return known;
  const conferences = new Map(known);
  for (const one of changes) {
    if (one.live) conferences.set(one.name, one);
    else conferences.delete(one.name);
  }
  return conferences;
}

function withProblems(
  known: readonly ProblemView[],
  news: readonly ProblemView[],
): readonly ProblemView[] {
  if (news.length === 0) return known;
  const ids = new Set(news.map(({ id }) => id));
  const kinds = new Map<ProblemKind, number>();
  return [...news, ...known.filter(({ id }) => !ids.has(id))]
    .toSorted((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt))
    .filter(({ kind }) => {
      const before = kinds.get(kind) ?? 0;
      kinds.set(kind, before + 1);
      return before < quotaOf(kind);
    });
}
