/** What the Worker asks of the switchboard, and what it is told. */
import type { Entrance } from "../conference/state/admission-policy.ts";
import { admissionDelivery, type Delivery } from "../conference/state/delivery.ts";
import type { Outcome } from "../conference/state/leg/leg-set.ts";
import { greetingMs } from "../lines/speech/prompts.ts";
import { isMutedOnEntry, type Role, type Room } from "../lines/room.ts";
import { omitUndefined } from "../vonage/ncco.ts";
import type { LegOutcome } from "./outcome.ts";

export interface Admission {
  leg: string;
  /** The room that the caller's line, or their code, leads to. */
  room: Room;
  role: Role;
  /** The called number's key. */
  number: string;
  caller: string;
  origin: string | null;
  /** The base of the carrier's REST API for this leg, as the carrier said. */
  regionUrl: string | null;
  /** Whether the bridge itself can end the room after its last moderator. */
  operatorEnds: boolean;
  /** Whether the answer webhook was taken on trust; see `AdmissionWebhook`. */
  unexplained?: boolean;
  /** When the answer webhook came, and until when its caller waits; milliseconds since the epoch. */
  at: number;
  deadline: number;
}

/** Where a leg was sent, and what its conference says; null where that did not answer in time. */
export interface Admitted {
  outcome: InConference;
  entrance: Entrance | null;
}

/** A leg that is to be sent nowhere, and what stands: that, or where it was sent before. */
export type Refused = Admitted | { outcome: Extract<LegOutcome, { kind: "none" }> };

export type InConference = Extract<LegOutcome, { kind: "conference" }>;

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

/** Where an admission sends its leg. */
export function outcomeOf({ room, role, at }: Admission): InConference {
  const { conference } = room;
  return { kind: "conference", conference, line: room, role, at, guessed: false };
}

/** An admission that its Conference gets after the caller was told without it: too late to check anything. */
export function unasked(delivery: Delivery): Delivery {
  return delivery.deadline === undefined ? delivery : { ...delivery, deadline: 0 };
}

/** An admission as its Conference gets it. */
export function toDelivery(admission: Admission): Delivery {
  const { room, role, number, caller, origin, regionUrl, operatorEnds, at, deadline } = admission;
  const { unexplained = false } = admission;
  const { maxParticipants = null, announceCount = false, strict = false } = room;
  const ends = operatorEnds && room.endWithModerator === true && role === "moderator";
  const webhook = {
    at,
    caller,
    line: number,
    role,
    origin,
    greetingMs: greetingMs(room),
    ...omitUndefined({
      regionUrl: regionUrl ?? undefined,
      starts: room.waitForModerator === true ? role === "moderator" : room.startOnEnter,
      ends: ends || undefined,
      muted: isMutedOnEntry(room, role) || undefined,
      unexplained: unexplained || undefined,
    }),
  };
  return admissionDelivery(webhook, deadline, { maxParticipants, announceCount, strict });
}
