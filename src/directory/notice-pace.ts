/** How often the directory is told of what somebody noticed. Pure. */
import { BoundedMap } from "../lib/bounded-map.ts";
import { problemId, type Notice } from "./problem.ts";
import type { ProblemKind } from "../contract/directory-view.ts";

/** The same problem is told so often, with how often it was noticed since. */
const PACE_MS = 10_000;

/**
 * So many of one kind in so long: whoever dials numbers that they make up has another problem told with each call, which
 * costs a request and two rows. The others are told of a kind of their own. Who is left out is told when it happens again.
 */
const MOST_TOLD = 20;
const WINDOW_MS = 60_000;

/** More than are told in the time in which it matters. */
const MOST_REMEMBERED = 200;

/** Times in milliseconds since the epoch. */
interface Told {
  at: number;
  /** How often it was noticed since. */
  since: number;
}

class KindPace {
  readonly recent = new BoundedMap<Told>(MOST_REMEMBERED);
  from = Number.NEGATIVE_INFINITY;
  count = 0;
}

export class NoticePace {
  /** By a union of few kinds. */
  readonly #kinds = new Map<ProblemKind, KindPace>();

  /** How often a problem was noticed since it was told, this time included, if it is to be told now; else null. */
  take(notice: Omit<Notice, "times">, now: number): number | null {
    const pace = this.#kinds.get(notice.kind) ?? new KindPace();
    this.#kinds.set(notice.kind, pace);
    const id = problemId(notice);
    const { at, since } = pace.recent.get(id) ?? { at: Number.NEGATIVE_INFINITY, since: 0 };
    if (Math.abs(now - pace.from) >= WINDOW_MS) Object.assign(pace, { from: now, count: 0 });
    if (Math.abs(now - at) < PACE_MS || pace.count >= MOST_TOLD) {
      pace.recent.set(id, { at, since: since + 1 });
      return null;
    }
    pace.count += 1;
    pace.recent.set(id, { at: now, since: 0 });
    return since + 1;
  }
}
