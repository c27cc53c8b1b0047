/** Scenarios in which callers, lines or rooms are moved. */
import { GoneError } from "../carrier/call-control.ts";
import type { Leg } from "../carrier/leg.ts";
import type { Scenario } from "./scenarios.ts";
import { dial, eachCall, hold, lineOf } from "./stage.ts";
import type { Line, Stage } from "./stage.ts";

/** Two data centres, neither of them the carrier's default. */
const REGIONS = ["na-east", "apac-sng"];

export const movedMapping: Scenario = {
  about:
    "the line leads to another conference from the middle on; callers who are in stay where they are",
  lines: ["plain"],
  movesLines: true,
  play: (stage) =>
    eachCall(stage, async (index) => {
      if (index === Math.floor(stage.calls / 2)) {
        for (const line of stage.lines) await stage.moveLine?.(line, movedTo(line));
      }
      dial(stage, lineOf(stage, "plain", index), index, { hangUpAfterMs: hold(stage, index) });
    }),
};

/** The conference that a line leads to after its move. */
export function movedTo(line: Line): string {
  return `${line.conference}-moved`;
}

export const splitRoom: Scenario = {
  about: "callers come in through two data centres and cannot hear each other",
  lines: ["plain"],
  play: (stage) =>
    eachCall(stage, (index) => {
      const region = REGIONS[index % REGIONS.length] ?? "";
      const hangUpAfterMs = hold(stage, index);
      dial(stage, lineOf(stage, "plain", index), index, { hangUpAfterMs, region });
    }),
};

export const movedOutAndBack: Scenario = {
  about: "callers are taken out of the room to hear something, and put back; some leave meanwhile",
  lines: ["plain"],
  async play(stage) {
    const legs: { leg: Leg; line: Line }[] = [];
    await eachCall(stage, (index) => {
      const line = lineOf(stage, "plain", index);
      legs.push({ leg: dial(stage, line, index, { hangUpAfterMs: hold(stage, index) }), line });
    });
    for (let round = 1; round <= 3; round += 1) {
      await stage.clock.wait(stage.holdMs / 4, stage.interrupted);
      for (const [index, { leg }] of legs.entries()) {
        const chance = stage.random.branch(`round ${round} of ${index}`);
        if (chance.chance(0.5)) takeOut(stage, leg);
      }
    }
  },
};

/** Tells a leg something outside of its room, then puts it back, unless it is not there or has gone. */
function takeOut(stage: Stage, leg: Leg): void {
  const name = stage.carrier.truth.whereIs(leg.id);
  if (name === null) return;
  const aside = { action: "talk", text: "The meeting is being recorded from now on." };
  ifStillThere(() =>
    stage.control.transfer(leg.id, { ncco: [aside, { action: "conversation", name }] }),
  );
}

export const kicked: Scenario = {
  about:
    "the bridge's operator hangs up on every third caller, through the carrier's REST interface",
  lines: ["plain"],
  async play(stage) {
    const legs: Leg[] = [];
    await eachCall(stage, (index) => {
      const line = lineOf(stage, "plain", index);
      legs.push(dial(stage, line, index, { hangUpAfterMs: hold(stage, index) }));
    });
    await stage.clock.wait(stage.holdMs / 4, stage.interrupted);
    for (const [index, leg] of legs.entries()) {
      if (index % 3 === 0) ifStillThere(() => stage.control.hangup(leg.id));
    }
  },
};

function ifStillThere(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof GoneError)) throw error;
  }
}
