/** What the Worker asks of the switchboard, and what it is told. */
import { admissionDelivery, type Delivery } from "../conference/delivery.ts";
import type { Outcome } from "../conference/leg-set.ts";
import { greetingMs } from "../lines/prompts.ts";
import { roleOf, type Room } from "../lines/room.ts";
import type { LegOutcome } from "./outcome.ts";

export interface Admission {
  leg: string;
  /** The room that the caller's line, or their code, leads to. */
  line: Room;
  /** The called number's key. */
  number: string;
  caller: string;
  origin: string | null;
  /** When the answer webhook came, and until when its caller waits; milliseconds since the epoch. */
  at: number;
  deadline: number;
}

export interface Delivered {
  /**
   * `held`: durable, and on its way to the leg's Conference or waiting for the leg's outcome; `too many`: more wait
   * than a leg can hold, and this one is not durable.
   */
  outcome: Outcome | "held" | "too many";
  conference: string | null;
  /** Whether the leg's conference is sure for good, so that whoever knows it need not ask again. */
  settled: boolean;
}

/** What is known of a leg. */
export interface LegRecord {
  leg: string;
  outcome: LegOutcome | null;
  /** How many webhooks wait. */
  held: number;
  firstAt: number;
}

/** An admission as its Conference gets it. */
export function toDelivery({ line, number, caller, origin, at, deadline }: Admission): Delivery {
  const admission = {
    at,
    caller,
    line: number,
    role: roleOf(line),
    origin,
    greetingMs: greetingMs(line),
  };
  return admissionDelivery(admission, deadline);
}
