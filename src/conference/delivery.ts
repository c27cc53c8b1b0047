/** A webhook on its way into a conference: what its leg's set keeps, and what the journal keeps. */
import { iso } from "./view.ts";
import type { AdmissionWebhook, Webhook } from "./webhook.ts";

export interface Delivery {
  webhook: Webhook;
  kind: string;
  status: string | null;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** JSON. */
  body: string;
  /** Of an admission: after this moment (milliseconds) the caller is let in without waiting for an answer. */
  deadline?: number;
}

export function admissionDelivery(
  admission: Omit<AdmissionWebhook, "type" | "checked">,
  deadline: number,
): Delivery {
  const { caller, line, role, origin, at } = admission;
  return {
    webhook: { type: "admission", ...admission, checked: true },
    kind: "admission",
    status: null,
    receivedAt: at,
    body: JSON.stringify({ caller, line, role, conversation_uuid: origin, timestamp: iso(at) }),
    deadline,
  };
}

/** A delivery as it counts at the moment of its arrival: an admission past its deadline was not checked. */
export function asArrived(delivery: Delivery, now: number): Delivery {
  const { webhook, deadline } = delivery;
  if (webhook.type !== "admission" || deadline === undefined || now <= deadline) return delivery;
  return { ...delivery, webhook: { ...webhook, checked: false } };
}

/** What the carrier confirmed that we asked of it, at `at` (milliseconds since the epoch). */
export function controlDelivery(
  change: { muted?: boolean; earmuffed?: boolean },
  at: number,
): Delivery {
  return {
    webhook: { type: "control", at, ...change },
    kind: "control",
    status: null,
    receivedAt: at,
    body: JSON.stringify({ ...change, timestamp: iso(at) }),
  };
}

/** What the carrier said of a leg when we asked, at `at` (milliseconds since the epoch). */
export function lookUpDelivery(status: string, at: number): Delivery {
  return {
    webhook: { type: "look-up", at, status },
    kind: "look-up",
    status,
    receivedAt: at,
    body: JSON.stringify({ status, timestamp: iso(at) }),
  };
}
