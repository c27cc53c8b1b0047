/** How a leg's conference learns that a job is done. Pure. */
import { controlDelivery, lookUpDelivery, type Delivery } from "../conference/state/delivery.ts";
import type { Job } from "./job.ts";

/** The pause before the first retry. */
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * When to confirm a job again to a conference that did not answer. The pauses double, so that a conference that never answers
 * costs a few calls a day. They follow from the age of the job, because the number of tries is lost when the object sleeps.
 */
export function confirmAgainAt({ sentAt, createdAt }: Job, now: number): number {
  const age = now - (sentAt ?? createdAt);
  return now + Math.min(Math.max(age, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
}

/** Null if there is nothing to confirm. The carrier's own webhooks report calls that were made or ended. */
export function confirmation({ state, command, status, sentAt, createdAt }: Job): Delivery | null {
  if (state !== "done") return null;
  // The command took effect between the request and its reply. The request's time keeps commands in the order of sending.
  const at = sentAt ?? createdAt;
  switch (command.kind) {
    case "mute":
    case "unmute":
      return controlDelivery({ muted: command.kind === "mute" }, at);
    case "earmuff":
    case "unearmuff":
      return controlDelivery({ earmuffed: command.kind === "earmuff" }, at);
    case "look-up":
      return status === null ? null : lookUpDelivery(status, at);
    case "hangup":
    case "talk":
    case "stream":
    case "dial":
      return null;
  }
}
