/** What becomes of a job after a reply, or without one. Pure. */
import type { Job } from "./job.ts";

export type Verdict =
  | { kind: "settled"; change: Pick<Job, "state"> & Partial<Job> }
  /** It came too often, and was not done. */
  | { kind: "too often" }
  /** It was not done, and is to be sent again. */
  | { kind: "again"; afterMs: number }
  /** It may have been done. */
  | { kind: "in doubt"; afterMs: number }
  /** The call that may have been made is not among those that were looked at; of these there are more. */
  | { kind: "look on"; looked: number }
  /** It is not among any. */
  | { kind: "missed"; afterMs: number };

/** A job that is not done by then is not worth doing: nobody expects a call that they were to get an hour ago. */
const GIVE_UP_MS = 3_600_000;

/** What becomes of a job without another request; null where it needs one. */
export function expired({ command, leg, createdAt, state }: Job, now: number): Verdict | null {
  // A webhook has named the call: that is as good as the reply that was lost.
  if (command.kind === "dial" && leg !== null) return settled("done", null);
  if (now < createdAt + GIVE_UP_MS) return null;
  return state === "sending"
    ? settled("unknown", "the carrier has not answered for an hour")
    : settled("refused", "it could not be sent for an hour");
}

export function settled(state: Job["state"], detail: string | null, more?: Partial<Job>): Verdict {
  return { kind: "settled", change: { ...more, state, detail } };
}
