/** Finds keys of a line that are valid one by one but contradict each other, or have no effect in combination. Pure. */
import { MAX_SPOKEN_LENGTH } from "../../vonage/ncco.ts";
import { longestGreeting } from "../speech/greeting.ts";
import type { RoomKey, RoomValues } from "./keys.ts";

interface Rule {
  /** The keys that the rule is about. Messages name the first. */
  keys: readonly [RoomKey, ...RoomKey[]];
  broken: (room: RoomValues) => boolean;
  problem: string;
  /** Whether the key merely has no effect. As a default of the line that is acceptable in some of its rooms, but not in all. */
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

/** One room of a line with its keys. */
export interface RoomToCheck {
  /** Its own keys; and those together with the defaults that it inherits from the line. */
  own: RoomValues;
  whole: RoomValues;
  /** Whether it sets nothing but its conference, as most rooms of a line with thousands do. */
  bare: boolean;
  /** Keys with an invalid value, which is reported elsewhere. Rules about these keys are not checked. */
  wrong: ReadonlySet<string>;
  /** The room, for messages; null for the only one. */
  name: string | null;
}

export function contradictions(rooms: readonly RoomToCheck[]): string[] {
  // No rule is about the conference name, so one bare room stands for all of them.
  const one = rooms.find(({ bare }) => bare);
  const different = rooms.filter((room) => !room.bare || room === one);
  return RULES.flatMap((rule) => brokenIn(different, rule));
}

/** Reports a room for keys that it sets itself, and the line for defaults that its rooms inherit. */
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
  // All of them inherit every key of the rule from the line, so one stands for all of them.
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
