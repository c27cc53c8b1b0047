/** Problems. Each is kept once, however often it is noticed. Pure. */
import { cut } from "../lib/cut.ts";
import { iso } from "../lib/time.ts";
import { withoutAddresses } from "../lib/masking/mask.ts";
import type { ProblemKind, ProblemView } from "../contract/directory-view.ts";

/** A problem as its observer reports it: noticed `times` times. */
export interface Notice {
  kind: ProblemKind;
  subject: string;
  detail: string;
  times: number;
}

/** Times in milliseconds since the epoch. */
export interface Problem {
  id: string;
  kind: ProblemKind;
  subject: string;
  detail: string;
  count: number;
  firstAt: number;
  lastAt: number;
}

/** At least so many of each kind are shown, even when other kinds have many newer ones. */
const SHOWN_OF_EACH = 5;

/** At most `most` of the problems, in the same order: the latest few of every kind first, then the latest of all. */
export function shownOf(newestFirst: readonly Problem[], most: number): Problem[] {
  const kinds = new Map<ProblemKind, number>();
  const few = newestFirst.filter(({ kind }) => {
    const before = kinds.get(kind) ?? 0;
    kinds.set(kind, before + 1);
    return before < SHOWN_OF_EACH;
  });
  const chosen = new Set([...new Set([...few, ...newestFirst])].slice(0, most));
  return newestFirst.filter((problem) => chosen.has(problem));
}

const MAX_SUBJECT = 200;
const MAX_DETAIL = 1_000;

export function problemAfter(before: Problem | undefined, notice: Notice, now: number): Problem {
  const { kind, times } = notice;
  const subject = subjectOf(notice);
  return {
    id: problemId({ kind, subject }),
    kind,
    subject,
    detail: cut(withoutAddresses(notice.detail.toWellFormed()), MAX_DETAIL),
    count: (before?.count ?? 0) + times,
    firstAt: before?.firstAt ?? now,
    lastAt: now,
  };
}

export function problemId(notice: Pick<Notice, "kind" | "subject">): string {
  return `${notice.kind}:${subjectOf(notice)}`;
}

/** The subject comes from outside: it is cut at a whole character, and addresses are removed. */
function subjectOf({ subject }: Pick<Notice, "subject">): string {
  return cut(withoutAddresses(subject.toWellFormed()), MAX_SUBJECT);
}

export function problemView({ firstAt, lastAt, ...problem }: Problem): ProblemView {
  return { ...problem, firstAt: iso(firstAt), lastAt: iso(lastAt) };
}
