/** Problems, each kept once, however often it is noticed. Pure. */
import { cut } from "../lib/cut.ts";
import { iso } from "../lib/iso.ts";
import { withoutAddresses } from "../lib/mask.ts";
import type { ProblemKind, ProblemView } from "./summary.ts";

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

/** More than anybody reads, and little enough to be kept in memory. */
export const MOST_PROBLEMS = 500;

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
