/** What a reply of the carrier's, or none, means for the job whose request it was. Pure. */
import { readCall, refusalReason, type RestReply } from "../vonage/rest/replies.ts";
import { ofLook } from "./find-call.ts";
import type { Queued } from "./schedule.ts";
import { settled, type Verdict } from "./verdict.ts";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** The carrier refuses to hang up a call in the two seconds after it was made (its support's article 10359615124380). */
const EARLY_HANG_UP_MS = 2_000;
const MOST_EARLY_HANG_UPS = 2;

/** `doubtful`: the request was to find out about an earlier one. `isKnown`: whether a leg is another job's. */
export function verdictOf(
  one: Queued,
  reply: RestReply | null,
  doubtful: boolean,
  isKnown: (leg: string) => boolean,
): Verdict {
  if (reply?.status === 429) {
    // What was refused is the question; what it was about may have been done all the same.
    return doubtful ? { kind: "look on", looked: one.looked } : { kind: "too often" };
  }
  if (reply === null || reply.status >= 500 || reply.status === 408) return inDoubt(one);
  return doubtful ? ofLook(one, reply, isKnown) : ofCommand(one, reply);
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
    return { kind: "again", afterMs: EARLY_HANG_UP_MS };
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
