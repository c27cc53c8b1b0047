/** The messages between the Worker and the switchboard. They cross versions during a deploy: fields keep their names. Pure. */
import type { Entrance } from "../conference/state/admission-policy.ts";
import { admissionDelivery, type Delivery } from "../conference/state/delivery.ts";
import type { Outcome } from "../conference/state/leg/leg-set.ts";
import { greetingMs } from "../lines/speech/prompts.ts";
import { isMutedOnEntry, type Role, type Room } from "../lines/room.ts";
import { omitUndefined } from "../vonage/ncco.ts";
import {
  toWire,
  type InConference,
  type InNone,
  type LegOutcome,
  type WireConference,
} from "./outcome.ts";

export interface Admission {
  leg: string;
  /** The room that the caller's line or code leads to. */
  room: Room;
  role: Role;
  /** The called number's key. */
  number: string;
  caller: string;
  origin: string | null;
  /** The base URL of the carrier's REST API for this leg, as its webhook named it. */
  regionUrl: string | null;
  /** Whether the bridge can end the room itself when its last moderator leaves: it has credentials. */
  operatorEnds: boolean;
  /** Whether the hash of the answer webhook could not be verified; see `AdmissionFact`. */
  unexplained?: boolean;
  /** When the answer webhook came, and until when its caller waits. Milliseconds since the epoch. */
  at: number;
  deadline: number;
}

/** Where a leg was sent, and what its conference decided; null if that did not answer in time. */
export interface Admitted {
  outcome: WireConference;
  entrance: Entrance | null;
}

/** The reply to a refusal: the refusal holds, or the leg has been admitted before and that holds. */
export type Refused = Admitted | { outcome: InNone };

export interface Delivered {
  /**
   * `held`: durable here, until the leg has an outcome or its Conference answers; `too many`: not durable, because the leg holds as
   * many as it can.
   */
  outcome: Outcome | "held" | "too many";
  conference: string | null;
  /** Whether the leg's conference is final, so that the Worker may cache it. */
  settled: boolean;
}

/** What the switchboard knows of a leg. */
export interface LegRecord {
  leg: string;
  outcome: LegOutcome | null;
  /** How many webhooks are held. */
  held: number;
  firstAt: number;
}

/** The reply of `admit` and, if the leg was admitted before, of `refuse`. */
export function admitted(outcome: InConference, entrance: Entrance | null): Admitted {
  return { outcome: toWire(outcome), entrance };
}

/** The outcome of an admission. */
export function outcomeOf({ room, role, at }: Admission): InConference {
  const { conference } = room;
  return { kind: "conference", conference, room, role, at, guessed: false };
}

/** An admission without time to check it: the caller has already been answered, so the Conference only records it. */
export function unasked(delivery: Delivery): Delivery {
  return delivery.deadline === undefined ? delivery : { ...delivery, deadline: 0 };
}

/** An admission as the Conference receives it. */
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
