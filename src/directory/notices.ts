/**
 * Tells the directory of problems without anybody waiting for it: one message for each problem in ten seconds, with how often
 * it was noticed since the one before.
 */
import { log, reasonOf } from "../lib/log.ts";
import { Recent } from "../lib/recent.ts";
import { problemId, type Notice } from "./problem.ts";

const PACE_MS = 10_000;

/** What was noticed, when it was last told, and how often it was noticed since. */
const recent = new Recent<{ toldAt: number; untold: number }>(1_000);

/** `waitUntil`: keeps the work alive behind the reply. Never throws. */
export function tellProblem(
  env: Env,
  waitUntil: (work: Promise<unknown>) => void,
  notice: Omit<Notice, "times">,
): void {
  const now = Date.now();
  const id = problemId(notice);
  const { toldAt, untold } = recent.get(id) ?? { toldAt: Number.NEGATIVE_INFINITY, untold: 0 };
  if (Math.abs(now - toldAt) < PACE_MS) {
    recent.set(id, { toldAt, untold: untold + 1 });
    return;
  }
  recent.set(id, { toldAt: now, untold: 0 });
  waitUntil(tell(env, { ...notice, times: untold + 1 }));
}

async function tell(env: Env, notice: Notice): Promise<void> {
  try {
    await env.DIRECTORY.getByName("all").notice(notice);
  } catch (error) {
    log("problem not told", { kind: notice.kind, reason: reasonOf(error) });
  }
}
