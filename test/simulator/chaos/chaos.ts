/** How badly the carrier delivers: profiles, single settings, and their effect on a webhook. */
import type { Copy, Mischief } from "./webhook-queue.ts";
import type { Random } from "../carrier/random.ts";
import type { Payload } from "../webhooks/wire.ts";

/** Probabilities from 0 to 1, unless said otherwise. */
export interface Chaos {
  /** That an event is sent two to four times. */
  readonly duplicate: number;
  /** That an event is held back for up to twenty seconds of call time, so that later ones overtake it. */
  readonly reorder: number;
  /** That an event is held back until its leg has ended. */
  readonly pastTheEnd: number;
  /** That an event is never sent. */
  readonly drop: number;
  /** The only event that is dropped, for example `completed`; null for any. */
  readonly dropOnly: string | null;
  /** That a webhook has no signature, until the last attempt that the carrier would make. */
  readonly unsigned: number;
  /** That a webhook is given up before the answer can have come, until that last attempt. */
  readonly slowAnswer: number;
  /** That an answer webhook, or what a caller entered, is sent twice. */
  readonly answerTwice: number;
  /** That numbers come with a space in front. */
  readonly leadingSpaces: number;
  /** That each field that nobody can rely on is left out. */
  readonly missingFields: number;
  /** That `from` and `to` of an `input` come the other way round, as they were recorded; of nothing else. */
  readonly swappedNumbers: number;
  /** That an event has no time, or one that is no date. */
  readonly missingTimestamps: number;
  /** How far a leg's clock is off at most, either way, in seconds. */
  readonly skewSeconds: number;
}

export type ChaosProfile = "none" | "rough" | "vile";

/**
 * `rough` is a bad day, `vile` is hostile. Neither loses a webhook: losses are set separately.
 */
export const CHAOS_PROFILES: Readonly<Record<ChaosProfile, Chaos>> = {
  none: {
    duplicate: 0,
    reorder: 0,
    pastTheEnd: 0,
    drop: 0,
    dropOnly: null,
    unsigned: 0,
    slowAnswer: 0,
    answerTwice: 0,
    leadingSpaces: 0,
    missingFields: 0,
    swappedNumbers: 0,
    missingTimestamps: 0,
    skewSeconds: 0,
  },
  rough: {
    duplicate: 0.15,
    reorder: 0.2,
    pastTheEnd: 0.03,
    drop: 0,
    dropOnly: null,
    unsigned: 0.02,
    slowAnswer: 0.02,
    answerTwice: 0.05,
    leadingSpaces: 0.05,
    missingFields: 0,
    swappedNumbers: 0.2,
    missingTimestamps: 0,
    skewSeconds: 2,
  },
  vile: {
    duplicate: 0.4,
    reorder: 0.5,
    pastTheEnd: 0.15,
    drop: 0,
    dropOnly: null,
    unsigned: 0.1,
    slowAnswer: 0.1,
    answerTwice: 0.3,
    leadingSpaces: 0.3,
    missingFields: 0.2,
    swappedNumbers: 0.5,
    missingTimestamps: 0.1,
    skewSeconds: 30,
  },
};

/** Call milliseconds. The longest of them bounds how long a webhook can be on its way while its leg is up. */
const REORDER_MS = 20_000;
const DUPLICATE_MS = 30_000;
const PAST_THE_END_MS = 10_000;
export const LONGEST_DELAY_MS = REORDER_MS + DUPLICATE_MS;

/** What these settings do to the delivery of each event. The same webhook always gets the same. */
export function createMischief(chaos: Chaos, random: Random): Mischief {
  return ({ name, tokenId }) => {
    const chance = random.branch(tokenId);
    const mayDrop = chaos.dropOnly === null || chaos.dropOnly === name;
    if (mayDrop && chance.chance(chaos.drop)) return [];
    const pastTheEnd = chance.chance(chaos.pastTheEnd);
    const late = chance.chance(chaos.reorder) ? chance.integer(0, REORDER_MS) : 0;
    const first: Copy = {
      afterMs: pastTheEnd ? chance.integer(0, PAST_THE_END_MS) : late,
      pastTheEnd,
      earlyTries: earlyTries(chaos, chance),
    };
    if (!chance.chance(chaos.duplicate)) return [first];
    const again = Array.from({ length: chance.integer(1, 3) }, (): Copy => ({
      ...first,
      afterMs: first.afterMs + chance.integer(0, DUPLICATE_MS),
    }));
    return [first, ...again];
  };
}

/** What goes wrong with the early attempts of a webhook, if anything. */
export function earlyTries(chaos: Chaos, chance: Random): "usual" | "unsigned" | "impatient" {
  if (chance.chance(chaos.unsigned)) return "unsigned";
  return chance.chance(chaos.slowAnswer) ? "impatient" : "usual";
}

/** Fields that some recorded or documented payload does without. Never a leg's id, a status, or a transfer's ends. */
const UNRELIABLE_FIELDS: ReadonlySet<string> = new Set([
  "headers",
  "direction",
  "from",
  "conversation_uuid",
  "network",
  "rate",
  "price",
  "duration",
  "start_time",
  "end_time",
  "disconnected_by",
  "endpoint_type",
  "region_url",
]);

const NUMBER_FIELDS: ReadonlySet<string> = new Set(["from", "to"]);

/** A payload as these settings deform it. */
export function misshape(payload: Payload, chaos: Chaos, chance: Random): Payload {
  const isUnreliable = (field: string): boolean =>
    UNRELIABLE_FIELDS.has(field) && !(field === "from" && isInput(payload));
  const spaced = chance.chance(chaos.leadingSpaces);
  const ends = withEnds(payload, chaos, chance.branch("ends"));
  return Object.fromEntries(
    Object.entries(withTime(ends, chaos, chance.branch("time"))).flatMap(([field, value]) => {
      if (isUnreliable(field) && chance.chance(chaos.missingFields)) return [];
      return [[field, spaced && NUMBER_FIELDS.has(field) ? ` ${String(value)}` : value]];
    }),
  );
}

/** Swapped numbers in any other webhook could not be recognised: they would be those of another call. */
function withEnds(payload: Payload, chaos: Chaos, chance: Random): Payload {
  if (!isInput(payload) || !chance.chance(chaos.swappedNumbers)) return payload;
  return { ...payload, from: payload["to"], to: payload["from"] };
}

/** Who answers a prompt is always said. */
function isInput(payload: Payload): boolean {
  return "dtmf" in payload || "speech" in payload;
}

function withTime(payload: Payload, chaos: Chaos, chance: Random): Payload {
  if (!("timestamp" in payload) || !chance.chance(chaos.missingTimestamps)) return payload;
  const { timestamp: _, ...timeless } = payload;
  return chance.chance(0.5) ? timeless : { ...payload, timestamp: "not a date" };
}
