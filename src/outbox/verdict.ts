/** What to do with a job after a reply, or without one. Pure. */
import type { Job } from "./job.ts";

export type Verdict =
  | { kind: "settled"; change: Pick<Job, "state"> & Partial<Job> }
  /** The carrier answered 429: it was not done, and is sent again. */
  | { kind: "throttled" }
  /** It was not done, and is sent again after a pause. */
  | { kind: "retry"; afterMs: number }
  /** It may have been done. */
  | { kind: "in doubt"; afterMs: number }
  /** The call that may have been made is not among the first `searched` calls of the carrier's list, which has more. */
  | { kind: "next page"; searched: number }
  /** It is not in the list at all. */
  | { kind: "not listed"; afterMs: number };

/** After this a job is not worth doing: nobody expects a call that they were to get an hour ago. */
const GIVE_UP_MS = 3_600_000;

/** What to do with a job without another request; null if it needs one. */
export function expired({ command, leg, createdAt, state }: Job, now: number): Verdict | null {
  // A webhook has named the leg, which is as good as the lost reply.
  if (command.kind === "dial" && leg !== null) return settled("done", null);
  if (now < createdAt + GIVE_UP_MS) return null;
  return state === "sending"
    ? settled("unknown", "the carrier has not answered for an hour")
    : settled("refused", "it could not be sent for an hour");
}

export function settled(state: Job["state"], detail: string | null, more?: Partial<Job>): Verdict {
  return { kind: "settled", change: { ...more, state, detail } };
}
