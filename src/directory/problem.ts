/** Problems, each kept once, however often it is noticed. Pure. */
import { cut } from "../lib/cut.ts";
import { iso } from "../lib/time.ts";
import { withoutAddresses } from "../lib/masking/mask.ts";
import type { ProblemKind, ProblemView } from "../contract/directory-view.ts";

/** What somebody noticed, `times` times. */
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

/** Of each kind so many are shown, however many newer ones there are of the others. */
const SHOWN_OF_EACH = 5;

/** At most `most` of these for a page, in the same order: the latest few of every kind, and else the latest. */
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

const LONGEST_SUBJECT = 200;
const LONGEST_DETAIL = 1_000;

export function problemAfter(before: Problem | undefined, notice: Notice, now: number): Problem {
  const { kind, times } = notice;
  const subject = subjectOf(notice);
  return {
    id: problemId({ kind, subject }),
    kind,
    subject,
    detail: cut(withoutAddresses(notice.detail.toWellFormed()), LONGEST_DETAIL),
    count: (before?.count ?? 0) + times,
    firstAt: before?.firstAt ?? now,
    lastAt: now,
  };
}

export function problemId(notice: Pick<Notice, "kind" | "subject">): string {
  return `${notice.kind}:${subjectOf(notice)}`;
}

/** Whatever it was made of: in whole characters, and without anybody's address. */
function subjectOf({ subject }: Pick<Notice, "subject">): string {
  return cut(withoutAddresses(subject.toWellFormed()), LONGEST_SUBJECT);
}

export function problemView({ firstAt, lastAt, ...problem }: Problem): ProblemView {
  return { ...problem, firstAt: iso(firstAt), lastAt: iso(lastAt) };
}
