/** How other code reaches the Directory, of which there is one: by a stub, or to report a problem to it. */
import { withTimeout } from "../lib/deadline.ts";
import { log, reasonOf } from "../lib/log.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { NoticePace } from "./notice-pace.ts";
import { problemId, type Notice } from "./problem.ts";

/** The carrier waits ten seconds for the answer to an event. A little less leaves time to answer. */
const KEEP_MS = 8_000;

/** A problem that was kept so lately is durable already. A repetition only adds to the count of the next report. */
const KEPT_MS = 10_000;

const pace = new NoticePace();
const kept = new BoundedMap<{ at: number; since: number }>(1_000);

/** A new stub each time: after a failure a stub may stay broken. */
export function directoryStub(env: Env) {
  return env.DIRECTORY.getByName("all");
}

/** Reports a problem in the background, paced by `NoticePace`. `waitUntil`: keeps the work alive after the reply. Never throws. */
export function tellProblem(
  env: Env,
  waitUntil: (work: Promise<unknown>) => void,
  notice: Omit<Notice, "times">,
): void {
  const times = pace.take(notice, Date.now());
  if (times !== null) waitUntil(tell(env, { ...notice, times }));
}

async function tell(env: Env, notice: Notice): Promise<void> {
  try {
    await directoryStub(env).notice(notice);
  } catch (error) {
    log("problem not told", { kind: notice.kind, reason: reasonOf(error) });
  }
}

/** Keeps a problem that is recorded nowhere else. @throws when it is not durable. */
export async function keepProblem(env: Env, notice: Omit<Notice, "times">): Promise<void> {
  const now = Date.now();
  const id = problemId(notice);
  const { at, since } = kept.get(id) ?? { at: Number.NEGATIVE_INFINITY, since: 0 };
  if (Math.abs(now - at) < KEPT_MS) {
    kept.set(id, { at, since: since + 1 });
    return;
  }
  const directory = directoryStub(env);
  await withTimeout(KEEP_MS, directory.keep({ ...notice, times: since + 1 }));
  kept.set(id, { at: now, since: 0 });
}
