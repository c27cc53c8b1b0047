/** What the carrier's reply to a job's request, or the lack of one, means for the job. Pure. */
import { readCall, refusalReason, type RestReply } from "../vonage/rest/replies.ts";
import { verdictOfLookUp } from "./find-call.ts";
import type { Queued } from "./schedule.ts";
import { settled, type Verdict } from "./verdict.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** The carrier refuses to hang up a call within two seconds after it was made (its support article 10359615124380). */
const EARLY_HANG_UP_MS = 2_000;
const MOST_EARLY_HANG_UPS = 2;

/** `doubtful`: the request asked what became of an earlier one. `isKnown`: whether a leg belongs to another job. */
export function verdictOf(
  one: Queued,
  reply: RestReply | null,
  doubtful: boolean,
  isKnown: (leg: string) => boolean,
): Verdict {
  if (reply?.status === 429) {
    // If only the question was throttled, the earlier request may still have been done: ask for the same page again.
    return doubtful ? { kind: "next page", searched: one.searched } : { kind: "throttled" };
  }
  if (reply === null || reply.status >= 500 || reply.status === 408) return inDoubt(one);
  return doubtful ? verdictOfLookUp(one, reply, isKnown) : ofCommand(one, reply);
}

function inDoubt({ failures }: Queued): Verdict {
  return { kind: "in doubt", afterMs: Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS) };
}

function ofCommand(one: Queued, reply: RestReply): Verdict {
  const { kind } = one.job.command;
  const { status } = reply;
  if (status >= 200 && status < 300) return ofSuccess(one, reply);
  if (status === 404 && kind !== "dial") {
    return settled(
      "gone",
      "the carrier does not know the leg: it has ended, or is in another region",
    );
  }
  if (status === 400 && kind === "hangup" && one.failures < MOST_EARLY_HANG_UPS) {
    return { kind: "retry", afterMs: EARLY_HANG_UP_MS };
  }
  return settled("refused", refusalReason(reply));
}

function ofSuccess(one: Queued, reply: RestReply): Verdict {
  const { kind } = one.job.command;
  if (kind !== "dial" && kind !== "look-up") return settled("done", null);
  const call = readCall(reply);
  if (call === null || (kind === "look-up" && call.status === null)) return inDoubt(one);
  const { leg, status } = call;
  return settled("done", null, kind === "dial" ? { leg, status } : { status });
}
