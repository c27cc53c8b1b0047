/** The life of a call: inbound and outbound, with the events that the platform sends on the way (Voice API, call flow). */
import { playNcco } from "../ncco/flow.ts";
import type { Leg } from "./leg.ts";
import type { Action } from "../ncco/ncco.ts";
import { aborted } from "../chaos/webhook-queue.ts";
import type { Platform } from "./platform.ts";
import {
  answeredPayload,
  completedPayload,
  detectionPayload,
  progressPayload,
  unansweredPayload,
} from "../webhooks/wire.ts";
import type { Unanswered } from "../webhooks/wire.ts";

/** What the other end does when it rings. */
export type Callee = "answers" | "voicemail" | "busy" | "no-answer" | "rejects" | "unreachable";

/** How an outbound call is made. Times in milliseconds of call time. */
export interface Dialling {
  readonly callee: Callee;
  readonly ringMs: number;
  readonly ringAtMostMs: number;
  readonly lastAtMostMs: number;
  readonly detection: "continue" | "hangup" | null;
  /** What it plays once it is answered; null where there is nothing. */
  readonly fetchNcco: () => Promise<readonly Action[] | null>;
}

const LATE_FAREWELL_MS = { least: 10_000, most: 60_000 };

/** Plays an inbound leg from its first event to its last and resolves when it has ended. */
export async function playInbound(leg: Leg, platform: Platform): Promise<void> {
  begin(leg, platform);
  if (platform.silences.answered === "before-answer") answer(leg, platform);
  const askedAt = Date.now();
  // Whoever hangs up does not wait for the application.
  const actions = await Promise.race([platform.fetchNcco(leg), aborted(leg.ended)]);
  if (actions !== null && !leg.ended.aborted) {
    if (leg.answeredAt === null) answer(leg, platform);
    await playNcco(leg, actions, platform, askedAt);
  }
  end(leg, platform);
}

/** Plays an outbound leg: it rings, and is answered or not. */
export async function playOutbound(leg: Leg, how: Dialling, platform: Platform): Promise<void> {
  begin(leg, platform);
  const outcome = await ring(leg, how, platform);
  if (outcome !== null) {
    leg.status = outcome.status;
    leg.endedAt = platform.now(leg);
    platform.emit(leg, outcome.status, unansweredPayload(leg, outcome, leg.endedAt));
    leg.hangUp("user");
    // The only end that no `completed` follows.
    if (outcome.status !== "rejected") end(leg, platform, outcome.status);
    return;
  }
  answer(leg, platform);
  void platform.clock.wait(how.lastAtMostMs, leg.ended).then(() => leg.hangUp("platform"));
  detect(leg, how, platform);
  const askedAt = Date.now();
  const actions = leg.ended.aborted ? null : await how.fetchNcco();
  if (actions !== null) await playNcco(leg, actions, platform, askedAt);
  end(leg, platform);
}

function begin(leg: Leg, platform: Platform): void {
  const at = platform.now(leg);
  platform.emit(leg, "started", progressPayload(leg, "started", at));
  platform.emit(leg, "ringing", progressPayload(leg, "ringing", at));
  leg.status = "ringing";
}

function answer(leg: Leg, platform: Platform): void {
  leg.answeredAt = platform.now(leg);
  leg.status = "answered";
  platform.emit(leg, "answered", answeredPayload(leg, leg.answeredAt));
}

/** Lets it ring; returns why it was not answered, or null. */
async function ring(leg: Leg, how: Dialling, { clock }: Platform): Promise<Unanswered | null> {
  const ringMs = how.callee === "no-answer" ? Number.POSITIVE_INFINITY : how.ringMs;
  await clock.wait(Math.min(ringMs, how.ringAtMostMs), leg.ended);
  if (leg.ended.aborted) return { status: "cancelled" };
  if (ringMs > how.ringAtMostMs) return { status: "timeout" };
  switch (how.callee) {
    case "busy":
      return { status: "busy" };
    case "rejects":
      return { status: "rejected", detail: "declined" };
    case "unreachable":
      return { status: "failed", detail: "cannot_route" };
    case "answers":
    case "voicemail":
    case "no-answer":
      return null;
  }
}

function detect(leg: Leg, how: Dialling, platform: Platform): void {
  if (how.detection === null) return;
  const status = how.callee === "voicemail" ? "machine" : "human";
  platform.emit(leg, status, detectionPayload(leg, status, platform.now(leg)));
  if (status === "machine" && how.detection === "hangup") leg.hangUp("platform");
}

/** Reports the end. `status`: the one that stays on record, where the call was not answered. */
function end(leg: Leg, platform: Platform, status = "completed"): void {
  // Without effect where somebody hung up: the NCCO ran out, or there was none.
  leg.hangUp("platform");
  platform.rooms.leave(leg, true);
  leg.status = status;
  leg.endedAt = platform.now(leg);
  const ending = {
    conversation: platform.silences.completed === "origin" ? leg.origin : leg.conversation,
    answeredAt: leg.answeredAt,
    endedAt: leg.endedAt,
    disconnectedBy: leg.endedBy,
  };
  const { least, most } = LATE_FAREWELL_MS;
  platform.emit(leg, "completed", completedPayload(leg, ending), {
    withheld: leg.farewell === "no-completed",
    delayMs: leg.farewell === "late" ? leg.random.integer(least, most) : 0,
  });
}
