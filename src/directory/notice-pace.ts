/** Limits how often one isolate reports problems to the directory. Pure. */
import { BoundedMap } from "../lib/bounded-map.ts";
import { problemId, type Notice } from "./problem.ts";
import type { ProblemKind } from "../contract/directory-view.ts";

/** The same problem is reported at most once in so long, with the number of times it was noticed since. */
const PACE_MS = 10_000;

/**
 * At most so many problems of one kind in so long. Each call to an invented number is a new problem, and reporting it costs a
 * request and two rows. Each kind has its own limit. A problem that was left out is reported when it happens again.
 */
const MAX_REPORTED = 20;
const WINDOW_MS = 60_000;

/** More than are reported in the time in which it matters. */
const MAX_REMEMBERED = 200;

/** Times in milliseconds since the epoch. */
interface Report {
  at: number;
  /** How often the problem was noticed since. */
  since: number;
}

class KindPace {
  readonly recent = new BoundedMap<Report>(MAX_REMEMBERED);
  from = Number.NEGATIVE_INFINITY;
  count = 0;
}

export class NoticePace {
  /** Bounded, since the kinds are a small union. */
  readonly #kinds = new Map<ProblemKind, KindPace>();

  /** If the problem is to be reported now: how often it was noticed since the last report, this time included. Else null. */
  take(notice: Omit<Notice, "times">, now: number): number | null {
    const pace = this.#kinds.get(notice.kind) ?? new KindPace();
    this.#kinds.set(notice.kind, pace);
    const id = problemId(notice);
    const { at, since } = pace.recent.get(id) ?? { at: Number.NEGATIVE_INFINITY, since: 0 };
    if (Math.abs(now - pace.from) >= WINDOW_MS) Object.assign(pace, { from: now, count: 0 });
    if (Math.abs(now - at) < PACE_MS || pace.count >= MAX_REPORTED) {
      pace.recent.set(id, { at, since: since + 1 });
      return null;
    }
    pace.count += 1;
    pace.recent.set(id, { at: now, since: 0 });
    return since + 1;
  }
}
