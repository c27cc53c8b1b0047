/** A conference, its participants and its recordings, as the API gives them. Pure. */

/** Where a leg stands: on its way in, in the room, moved elsewhere by the carrier, not let in, or gone. */
export type Phase = "expected" | "arriving" | "in" | "away" | "refused" | "gone";

/** Times are ISO 8601. */
export interface ParticipantView {
  leg: string;
  caller: string | null;
  line: string | null;
  role: "moderator" | "guest";
  phase: Phase;
  /** Whether the carrier reported that the leg was moved into the room. */
  joinConfirmed: boolean;
  /**
   * `unchecked`: let in before the conference could be asked; `unadmitted`: in the room without an answer of ours; null:
   * neither an answer nor a transfer is known.
   */
  admission: "checked" | "unchecked" | "unadmitted" | null;
  muted: boolean;
  earmuffed: boolean;
  answeredAt: string | null;
  joinedAt: string | null;
  leftAt: string | null;
  reason: string | null;
  lastSignAt: string | null;
}

export interface ConferenceView {
  name: string;
  /** The legs in phase `in`. */
  count: number;
  /** How many of them the carrier reported as moved into the room. */
  confirmed: number;
  /** How many more were answered and are on their way in. */
  arriving: number;
  /** False while those who are in wait for a moderator, and so do not hear each other. */
  started: boolean;
  locked: boolean;
  /** When the bridge will end the room because its last moderator has left; null while it will not. ISO 8601. */
  endsAt: string | null;
  /** Whether the carrier runs the room in two places, whose halves cannot hear each other. */
  split: boolean;
  asOf: string;
  participants: ParticipantView[];
}

/** Sorts participants by the time at which they joined, or were answered; those not yet answered come last. */
export function byArrival(a: ParticipantView, b: ParticipantView): number {
  // "~" sorts after every digit.
  const [first, second] = [a, b].map(({ joinedAt, answeredAt }) => joinedAt ?? answeredAt ?? "~");
  if (first !== second) return (first ?? "") < (second ?? "") ? -1 : 1;
  return a.leg < b.leg ? -1 : 1;
}

/** How many were in the room from a moment on (milliseconds since the epoch) until the next step's. */
export type CountStep = [from: number, count: number];

/** A recording, never with its address at the carrier, which takes a token of ours to read. Times are ISO 8601. */
export interface RecordingView {
  id: string;
  startedAt: string | null;
  endedAt: string | null;
  seconds: number | null;
  /** Bytes. */
  size: number | null;
  conversation: string | null;
  transcribed: boolean;
}
