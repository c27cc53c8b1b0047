/**
 * What callers do, by name. A scenario resolves when everybody who was to call has called; those who stay until they are
 * told to go are then compared with the bridge's count, told to go, and compared again.
 */
import { movedMapping, movedOutAndBack, kicked, splitRoom } from "./moves.ts";
import { locked } from "./operators.ts";
import { manyRooms, pins } from "./prompts.ts";
import { fullRoom, refusals, smallRoom, waitingRoom } from "./rules.ts";
import { dial, eachCall, hold, lineOf } from "./stage.ts";
import type { LineKind, Stage } from "./stage.ts";

export interface Scenario {
  /** What happens, in one line. */
  readonly about: string;
  /** The lines that lead to each conference. */
  readonly lines: readonly LineKind[];
  /** Whether its lines have rules that only those of the simulator's own are sure to have. */
  readonly hasRules?: boolean;
  /** With fewer calls there is nothing to see. So many take a machine of their own. */
  readonly leastCalls?: number;
  /** Whether it changes lines while callers are up. */
  readonly movesLines?: boolean;
  play(stage: Stage): Promise<void>;
}

const standup: Scenario = {
  about: "callers come and go; two of five stay",
  lines: ["plain"],
  play: (stage) =>
    eachCall(stage, (index) => {
      dial(stage, lineOf(stage, "plain", index), index, { hangUpAfterMs: hold(stage, index) });
    }),
};

const townHall: Scenario = {
  about: "guests wait for a host, whose leaving closes the room; guests of the second half stay",
  lines: ["guest", "host"],
  async play(stage) {
    const half = Math.ceil(stage.calls / 2);
    const hosts = stage.lines
      .filter((line) => line.kind !== "guest")
      .map((line, index) => ({ line, number: 90_000 + index }));
    await eachCall({ ...stage, calls: half }, (index) => {
      dial(stage, lineOf(stage, "guest", index), index, { hangUpAfterMs: hold(stage, index) });
    });
    const legs = hosts.map(({ line, number }) =>
      dial(stage, line, number, { hangUpAfterMs: null }),
    );
    await stage.clock.wait(stage.holdMs, stage.interrupted);
    for (const leg of legs) leg.hangUp("user");
    await stage.clock.wait(stage.holdMs / 4, stage.interrupted);
    await eachCall({ ...stage, calls: stage.calls - half }, (index) => {
      dial(stage, lineOf(stage, "guest", index), half + index, { hangUpAfterMs: null });
    });
    for (const { line, number } of hosts) dial(stage, line, number, { hangUpAfterMs: null });
  },
};

const redial: Scenario = {
  about: "the same few people call again and again, some before they have hung up",
  lines: ["plain"],
  play: (stage) =>
    eachCall(stage, (index) => {
      const person = index % Math.max(1, Math.ceil(stage.calls / 5));
      const hangUpAfterMs = index >= stage.calls * 0.7 ? null : stage.holdMs / 4;
      dial(stage, lineOf(stage, "plain", person), person, { hangUpAfterMs });
    }),
};

const abandon: Scenario = {
  about: "half of the callers hang up while it rings or while they are greeted",
  lines: ["plain"],
  play: (stage) =>
    eachCall(stage, (index) => {
      const chance = stage.random.branch(`abandon ${index}`);
      const gone = chance.chance(0.5) ? chance.integer(0, 4000) : hold(stage, index);
      dial(stage, lineOf(stage, "plain", index), index, { hangUpAfterMs: gone });
    }),
};

const storm: Scenario = {
  about: "everybody calls at once, most hang up at once, and everybody calls again",
  lines: ["plain"],
  async play(stage) {
    const wave = (from: number, to: number, hangUpAfterMs: number | null): void => {
      for (let index = from; index < to; index += 1) {
        dial(stage, lineOf(stage, "plain", index), index, { hangUpAfterMs });
      }
    };
    const half = Math.ceil(stage.calls / 2);
    wave(0, half, stage.holdMs / 2);
    await stage.clock.wait(stage.holdMs / 2, stage.interrupted);
    wave(half, stage.calls, null);
  },
};

const wrongNumber: Scenario = {
  about: "every third caller dials a number that has no line",
  lines: ["plain"],
  play: (stage) =>
    eachCall(stage, (index) => {
      const line = lineOf(stage, "plain", index);
      // One digit more than the line's own number.
      const dialled = index % 3 === 0 ? { ...line, number: `${line.number}0` } : line;
      dial(stage, dialled, index, { hangUpAfterMs: hold(stage, index) });
    }),
};

const recorded: Scenario = {
  about: "the room is recorded; its recording is reported when the last caller leaves",
  lines: ["recorded"],
  play: (stage) =>
    eachCall(stage, (index) => {
      dial(stage, lineOf(stage, "recorded", index), index, { hangUpAfterMs: hold(stage, index) });
    }),
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  standup,
  "town-hall": townHall,
  redial,
  abandon,
  storm,
  "moved-mapping": movedMapping,
  "split-room": splitRoom,
  "moved-out-and-back": movedOutAndBack,
  kicked,
  "wrong-number": wrongNumber,
  recorded,
  pins,
  "many-rooms": manyRooms,
  "full-room": fullRoom,
  "small-room": smallRoom,
  locked,
  "waiting-room": waitingRoom,
  refusals,
};
