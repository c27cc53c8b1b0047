/** Keys of a line that are right one by one, but contradict each other or do nothing together. Pure. */
import { MAX_SPOKEN_LENGTH } from "../../vonage/ncco.ts";
import { longestGreeting } from "../speech/greeting.ts";
import type { RoomKey, RoomValues } from "./keys.ts";

interface Rule {
  /** The keys that it is about; the first is the one that is named. */
  keys: readonly [RoomKey, ...RoomKey[]];
  broken: (room: RoomValues) => boolean;
  problem: string;
  /** Whether the key only does nothing: as a line's default it may do so in some of the rooms. */
  idle: boolean;
}

const RULES: readonly Rule[] = [
  {
    keys: ["moderatorPin", "pin"],
    broken: ({ pin, moderatorPin }) => pin !== undefined && pin === moderatorPin,
    problem: "must differ from pin",
    idle: false,
  },
  {
    keys: ["moderatorPin", "startOnEnter"],
    broken: (room) => room.moderatorPin !== undefined && room.startOnEnter !== undefined,
    problem:
      "contradicts startOnEnter, which is for guests and moderators alike: use waitForModerator",
    idle: false,
  },
  {
    keys: ["moderatorPin", "endOnExit"],
    broken: (room) => room.moderatorPin !== undefined && room.endOnExit === true,
    problem:
      "contradicts endOnExit, which is for guests and moderators alike: use endWithModerator",
    idle: false,
  },
  {
    keys: ["waitForModerator", "startOnEnter"],
    broken: (room) => room.waitForModerator === true && room.startOnEnter !== undefined,
    problem: "contradicts startOnEnter: leave one of them out",
    idle: false,
  },
  {
    keys: ["waitForModerator", "endOnExit"],
    broken: (room) => room.waitForModerator === true && room.endOnExit === true,
    problem: "contradicts endOnExit, by which every caller is a moderator: use endWithModerator",
    idle: false,
  },
  {
    keys: ["endWithModerator", "endOnExit"],
    broken: (room) => room.endWithModerator === true && room.endOnExit !== undefined,
    problem: "contradicts endOnExit: leave one of them out",
    idle: false,
  },
  {
    keys: ["endWithModerator", "moderatorPin", "startOnEnter", "endOnExit"],
    broken: (room) =>
      room.endWithModerator === true &&
      room.endOnExit === undefined &&
      room.moderatorPin === undefined &&
      room.startOnEnter !== true,
    problem:
      "does nothing, since no caller of this line is a moderator: it needs moderatorPin, or startOnEnter: true",
    idle: true,
  },
  {
    keys: ["musicOnHoldUrl", "waitForModerator", "startOnEnter"],
    broken: (room) =>
      room.musicOnHoldUrl !== undefined &&
      room.waitForModerator !== true &&
      room.startOnEnter !== false,
    problem:
      "does nothing, since nobody waits: it needs waitForModerator: true, or startOnEnter: false",
    idle: true,
  },
  {
    keys: ["prompts", "greeting"],
    broken: (room) => room.greeting !== undefined && room.prompts?.greeting !== undefined,
    problem: "greeting: does nothing beside the key greeting: leave one of them out",
    idle: true,
  },
  {
    keys: ["greeting", "prompts", "record", "announceCount", "language"],
    broken: (room) => longestGreeting(room) > MAX_SPOKEN_LENGTH,
    problem: `must be shorter: with what is added to it, it may have ${MAX_SPOKEN_LENGTH} characters`,
    idle: false,
  },
];

/** A room of a line, or the only one that it leads to. */
export interface RoomToCheck {
  /** What it has of its own, and together with what it has from the line. */
  own: RoomValues;
  whole: RoomValues;
  /** Whether it says nothing itself but its conference, as most rooms of a line with thousands do. */
  bare: boolean;
  /** Keys with a wrong value, of which another message tells: nothing can be said of what they go with. */
  wrong: ReadonlySet<string>;
  /** The room, for messages; null for the only one. */
  name: string | null;
}

export function contradictions(rooms: readonly RoomToCheck[]): string[] {
  // No rule is about the conference, so that what is true of one bare room is true of all.
  const one = rooms.find(({ bare }) => bare);
  const different = rooms.filter((room) => !room.bare || room === one);
  return RULES.flatMap((rule) => brokenIn(different, rule));
}

/** A room is blamed for what it says itself, the line for what it says for all of its rooms. */
function brokenIn(rooms: readonly RoomToCheck[], rule: Rule): string[] {
  const text = `${rule.keys[0]}: ${rule.problem}`;
  const own = rooms.filter((room) => isSaidBy(room, rule) && isBroken(room, rule));
  const inheriting = rooms.filter((room) => !isSaidBy(room, rule));
  return [
    ...(blamesLine(inheriting, rule) ? [text] : []),
    ...own.map(({ name }) => (name === null ? text : `${name}: ${text}`)),
  ];
}

function blamesLine(inheriting: readonly RoomToCheck[], rule: Rule): boolean {
  const [one] = inheriting;
  if (one === undefined) return false;
  if (rule.idle) return inheriting.every((room) => isBroken(room, rule));
  // All of them have every key of the rule from the line, so that what is true of one is true of all.
  return inheriting.some((room) => isKnown(room, rule)) && rule.broken(one.whole);
}

function isSaidBy({ own }: RoomToCheck, { keys, idle }: Rule): boolean {
  return (idle ? keys.slice(0, 1) : keys).some((key) => own[key] !== undefined);
}

function isBroken(room: RoomToCheck, rule: Rule): boolean {
  return isKnown(room, rule) && rule.broken(room.whole);
}

function isKnown({ wrong }: RoomToCheck, { keys }: Rule): boolean {
  return !keys.some((key) => wrong.has(key));
}
