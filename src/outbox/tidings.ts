/** What a leg's conference is told of a job that is done. Pure. */
import { controlDelivery, lookUpDelivery, type Delivery } from "../conference/delivery.ts";
import type { Job } from "./job.ts";

/** Null where there is nothing to tell: of a call that was made or ended, the carrier's own webhooks do. */
export function tidings({ state, command, status, sentAt, createdAt }: Job): Delivery | null {
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
