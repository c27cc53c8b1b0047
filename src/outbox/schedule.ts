/** Decides which job is sent next, from the queue, the rate limit and the time. Pure. */
import { isIdempotent, priorityOf, rateClassOf, subjectOf, type Job } from "./job.ts";
import { nextSlot, type RateLimit, type RateClass } from "./rate-limit.ts";

/** Times in milliseconds since the epoch. */
export interface Queued {
  job: Job;
  /** Whether a request of it is under way. */
  underWay: boolean;
  /** It is not sent before this. */
  dueAt: number;
  /** How many of its requests have failed in a row. */
  failures: number;
  /** How often the call that may have been made was not in the carrier's list. */
  misses: number;
  /** How many calls of that list have been searched. */
  searched: number;
}

export type NextAction =
  | { kind: "send"; queued: Queued }
  /** `until` null: until a request ends or a job is added. */
  | { kind: "wait"; until: number | null };

/** The platform lets six connections of one object wait for a reply at a time. One of the rest is for urgent jobs, see below. */
const MAX_UNDER_WAY = 4;

export function queued(job: Job): Queued {
  return { job, underWay: false, dueAt: 0, failures: 0, misses: 0, searched: 0 };
}

/** By priority, then in the order of submission. */
export function inOrder(queue: readonly Queued[]): Queued[] {
  return queue.toSorted(
    (a, b) => priorityOf(a.job.command) - priorityOf(b.job.command) || a.job.seq - b.job.seq,
  );
}

/**
 * Whether it is not known if the job's last request reached the carrier, and sending it again could do it twice. Then the next
 * request asks what became of it.
 */
export function isDoubtful({ state, command }: Job): boolean {
  return state === "sending" && !isIdempotent(command);
}

/** The rate class of the job's next request. */
export function nextClassOf(job: Job): RateClass {
  return isDoubtful(job) ? "other" : rateClassOf(job.command);
}

/** `queue`: from `inOrder`. Null if it is empty. */
export function nextAction(
  queue: readonly Queued[],
  limit: RateLimit,
  now: number,
): NextAction | null {
  if (queue.length === 0) return null;
  const underWay = queue.filter((one) => one.underWay).length;
  const slots = { create: nextSlot(limit, "create", now), other: nextSlot(limit, "other", now) };
  const subjects = new Set<string>();
  let until: number | null = null;
  for (const one of queue) {
    const { command } = one.job;
    const subject = subjectOf(command);
    const first = !subjects.has(subject);
    subjects.add(subject);
    // Requests that hang must not delay a moderator's mute or removal: these have one connection more.
    const most = priorityOf(command) === 0 ? MAX_UNDER_WAY + 1 : MAX_UNDER_WAY;
    if (!first || one.underWay || underWay >= most) continue;
    const at = Math.max(one.dueAt, slots[nextClassOf(one.job)]);
    if (at <= now) return { kind: "send", queued: one };
    until = Math.min(until ?? at, at);
  }
  return { kind: "wait", until };
}
