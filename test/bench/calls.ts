/** The webhooks of whole calls, signed beforehand. */
import {
  answeredPayload,
  answerPayload,
  completedPayload,
  progressPayload,
  transferPayload,
  type LegIdentity,
} from "../simulator/webhooks/wire.ts";
import { prepare, type Prepared } from "./load.ts";

export interface PreparedCall {
  readonly answer: Prepared;
  readonly started: Prepared;
  readonly ringing: Prepared;
  readonly answered: Prepared;
  readonly transfer: Prepared;
  readonly completed: Prepared;
}

/** A call to the line that leads to the conference `room-NNN`. */
export function prepareCall(room: number, caller = "447700900123"): PreparedCall {
  const at = Date.now();
  const leg: LegIdentity = {
    id: crypto.randomUUID().replaceAll("-", ""),
    caller,
    line: lineOf(room),
    origin: `CON-${crypto.randomUUID()}`,
  };
  const conversation = `CON-room-${room}`;
  const ending = {
    conversation,
    answeredAt: at + 300,
    endedAt: at + 9_000,
    disconnectedBy: "user",
  } as const;
  return {
    answer: prepare("answer", answerPayload(leg)),
    started: prepare("event", progressPayload(leg, "started", at)),
    ringing: prepare("event", progressPayload(leg, "ringing", at)),
    answered: prepare("event", answeredPayload(leg, at + 300)),
    transfer: prepare("event", transferPayload(leg, leg.origin, conversation, at + 4_000)),
    completed: prepare("event", completedPayload(leg, ending)),
  };
}

export function prepareCalls(count: number, room: (index: number) => number): PreparedCall[] {
  return Array.from({ length: count }, (_, index) => prepareCall(room(index)));
}

/** As the KV of the benchmark maps it: the last three digits name the room. */
export function lineOf(room: number): string {
  return `14155550${String(room).padStart(3, "0")}`;
}
