/** Which job has its turn. Pure: the queue, the pace and the time in, the next step out. */
import { isIdempotent, priorityOf, rateClassOf, subjectOf, type Job } from "./job.ts";
import { nextSlot, type RateLimit, type RateClass } from "./rate-limit.ts";

/** Times in milliseconds since the epoch. */
export interface Queued {
  job: Job;
  /** Whether a request of it is under way right now. */
  underWay: boolean;
  /** Not before this. */
  dueAt: number;
  /** How often in a row something about it has failed. */
  failures: number;
  /** How often the carrier's list of calls did not have the call that may have been made. */
  misses: number;
  /** How many of the calls in that list were looked at. */
  looked: number;
}

export type NextAction =
  | { kind: "send"; queued: Queued }
  /** `until` null: for something to happen. */
  | { kind: "wait"; until: number | null };

/** Six connections of one object may wait for a reply at a time, by the platform's limit. */
const MOST_UNDER_WAY = 4;

export function queued(job: Job): Queued {
  return { job, underWay: false, dueAt: 0, failures: 0, misses: 0, looked: 0 };
}

/** What goes first stands first. */
export function inOrder(queue: readonly Queued[]): Queued[] {
  return queue.toSorted(
    (a, b) => priorityOf(a.job.command) - priorityOf(b.job.command) || a.job.seq - b.job.seq,
  );
}

/**
 * Whether the job's next request finds out what became of the last one: of that nobody knows whether it reached the
 * carrier, and to send it again could do it twice.
 */
export function isDoubtful({ state, command }: Job): boolean {
  return state === "sending" && !isIdempotent(command);
}

/** The limit that the job's next request falls under. */
export function nextClassOf(job: Job): RateClass {
  return isDoubtful(job) ? "other" : rateClassOf(job.command);
}

/** `queue`: in order. Null where there is nothing to do. */
export function nextAction(
  queue: readonly Queued[],
  pace: RateLimit,
  now: number,
): NextAction | null {
  if (queue.length === 0) return null;
  const underWay = queue.filter((one) => one.underWay).length;
  const slots = { create: nextSlot(pace, "create", now), other: nextSlot(pace, "other", now) };
  const subjects = new Set<string>();
  let until: number | null = null;
  for (const one of queue) {
    const { command } = one.job;
    const subject = subjectOf(command);
    const first = !subjects.has(subject);
    subjects.add(subject);
    // Requests that hang must not keep a moderator's hand waiting: there is always one place more for it.
    const most = priorityOf(command) === 0 ? MOST_UNDER_WAY + 1 : MOST_UNDER_WAY;
    if (!first || one.underWay || underWay >= most) continue;
    const at = Math.max(one.dueAt, slots[nextClassOf(one.job)]);
    if (at <= now) return { kind: "send", queued: one };
    until = Math.min(until ?? at, at);
  }
  return { kind: "wait", until };
}
