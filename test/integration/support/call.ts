/** One inbound call of the documented kind: its webhooks, in the words of the carrier. */
import {
  answeredPayload,
  answerPayload,
  completedPayload,
  progressPayload,
  transferPayload,
  type LegIdentity,
} from "../../simulator/webhooks/wire.ts";
import { event, send, signedPost, type Payload } from "./bridge.ts";

export interface Call {
  identity: LegIdentity;
  /** The conversation of the carrier's that the named conference is. */
  room: string;
  answer: Payload;
  started: Payload;
  ringing: Payload;
  answered: Payload;
  transfer: Payload;
  completed: Payload;
}

/** One of a call's webhooks. */
export type Step = Exclude<keyof Call, "identity" | "room">;

/** A call that started at `at` (milliseconds since the epoch), of a leg that nobody else has. */
export function call(
  options: { line?: string; at?: number; leg?: string; room?: string; caller?: string } = {},
): Call {
  const at = options.at ?? Date.now();
  // A conversation is one room, and who shares it is in that room.
  const room = options.room ?? `CON-of-${options.line ?? "the-line"}`;
  const identity: LegIdentity = {
    id: options.leg ?? crypto.randomUUID().replaceAll("-", ""),
    caller: options.caller ?? "447700900123",
    line: options.line ?? "14155550100",
    origin: `CON-${crypto.randomUUID()}`,
  };
  return {
    identity,
    room,
    answer: answerPayload(identity),
    started: progressPayload(identity, "started", at),
    ringing: progressPayload(identity, "ringing", at),
    answered: answeredPayload(identity, at + 300),
    transfer: transferPayload(identity, identity.origin, room, at + 4_000),
    completed: completedPayload(identity, {
      conversation: room,
      answeredAt: at + 300,
      endedAt: at + 60_000,
      disconnectedBy: "user",
    }),
  };
}

/** Sends a call's answer webhook; its NCCO. */
export async function answer({ answer: payload }: Call): Promise<unknown> {
  const response = await send(signedPost("/webhooks/answer", payload));
  return await response.json();
}

/** Sends a call's webhooks one after the other, each as `answer` or as an event. */
export async function play(of: Call, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step === "answer") await answer(of);
    else await event(of[step]);
  }
}
