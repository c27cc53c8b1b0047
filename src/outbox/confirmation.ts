/** What a leg's conference is told of a job that is done. Pure. */
import { controlDelivery, lookUpDelivery, type Delivery } from "../conference/state/delivery.ts";
import type { Job } from "./job.ts";

/** The first try again after so long, which is also how long a conference may be down without anybody noticing. */
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * When a conference that did not take it is told again: the longer it was not told, the later, so that one that never answers
 * costs a few calls a day. From the job alone, since an outbox that waits so long forgets how often it has tried.
 */
export function tellAgainAt({ sentAt, createdAt }: Job, now: number): number {
  const untold = now - (sentAt ?? createdAt);
  return now + Math.min(Math.max(untold, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
}

/** Null where there is nothing to tell: of a call that was made or ended, the carrier's own webhooks do. */
export function confirmation({ state, command, status, sentAt, createdAt }: Job): Delivery | null {
  if (state !== "done") return null;
  // It was so at the latest when the reply came, and nothing that was sent later is told as earlier.
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
