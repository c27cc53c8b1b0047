/** The numbers of a conference, kept by leg, so that a webhook does not recount the whole room. Pure. */
import { earliest } from "../../lib/time.ts";
import type { Meeting } from "./meeting.ts";
import type { Participant } from "./leg/participant.ts";

/** The fields of a record on which the numbers depend. */
type Counted = Pick<
  Participant,
  "phase" | "joinConfirmed" | "role" | "waits" | "home" | "admission" | "answeredAt" | "joinedAt"
>;

export interface Numbers {
  /** The legs in phase `in`. */
  count: number;
  /** How many of them the carrier reported as moved into the room. */
  confirmed: number;
  /** How many more were answered and are on their way in. */
  arriving: number;
  /** How many of those who are in are moderators. */
  moderators: number;
  /** Whether anybody who is in does not wait for a moderator. */
  started: boolean;
  /** Whether the carrier runs the room in two places, whose halves cannot hear each other. */
  split: boolean;
  /**
   * The carrier's conversations that this room consists of, from the legs that were admitted: the location of an unadmitted leg
   * could be any room.
   */
  homes: readonly string[];
  /** When the first leg that is in or arriving was answered, in milliseconds since the epoch; null where there is none. */
  since: number | null;
}

/**
 * What a conference reports to the directory. Times in milliseconds since the epoch. Sent over RPC, so for some minutes after a
 * deploy old code sends it too.
 */
export type ConferenceStatus = Omit<Numbers, "homes"> & {
  locked: boolean;
  /** Missing where older code sent it. */
  homes?: Numbers["homes"];
};

/** A room has one home, or two if it is split. The list is bounded because homes come from webhooks. */
const MAX_HOMES = 8;

export function numbersOf(legs: Iterable<Counted>): Numbers {
  const all = [...legs];
  const inside = all.filter(({ phase }) => phase === "in");
  const confirmed = inside.filter(({ joinConfirmed }) => joinConfirmed);
  const arriving = all.filter(({ phase }) => phase === "arriving");
  return {
    count: inside.length,
    confirmed: confirmed.length,
    arriving: arriving.length,
    moderators: inside.filter(({ role }) => role === "moderator").length,
    started: inside.some(({ waits }) => !waits),
    split: new Set(confirmed.map(({ home }) => home)).size > 1,
    homes: homesOf(confirmed),
    since: earliest([...inside, ...arriving].map((leg) => leg.answeredAt ?? leg.joinedAt)),
  };
}

function homesOf(confirmed: readonly Counted[]): string[] {
  const homes = confirmed.flatMap(({ admission, home }) =>
    admission === null || home === null ? [] : [home],
  );
  return [...new Set(homes)].toSorted().slice(0, MAX_HOMES);
}

/** Whether those who are in hear each other. A room stays started when the leg that it started with has left. */
export function isStarted(
  { count, started }: Pick<Numbers, "count" | "started">,
  meeting: Pick<Meeting, "started">,
): boolean {
  return started || (count > 0 && meeting.started);
}

export class Census {
  readonly #legs = new Map<string, Counted>();
  #numbers: Numbers | null = null;

  /** Counts a leg by its present record. */
  note(leg: string, record: Participant): void {
    const { phase, joinConfirmed, role, waits, home, admission, answeredAt, joinedAt } = record;
    const before = this.#legs.get(leg);
    const after = { phase, joinConfirmed, role, waits, home, admission, answeredAt, joinedAt };
    const counts = phase === "in" || phase === "arriving";
    if (counts ? JSON.stringify(before) === JSON.stringify(after) : before === undefined) return;
    this.#numbers = null;
    if (counts) this.#legs.set(leg, after);
    else this.#legs.delete(leg);
  }

  /** As of the last `note` of each leg: the owner notes legs again when time alone has changed them. */
  get numbers(): Numbers {
    this.#numbers ??= numbersOf(this.#legs.values());
    return this.#numbers;
  }
}
