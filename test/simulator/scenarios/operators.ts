/** Scenarios in which the bridge's operator does something while a meeting is on. */
import { disappointments } from "../referee/expectations.ts";
import type { Leg } from "../carrier/leg.ts";
import { MODERATOR_PIN } from "./line-values.ts";
import type { Scenario } from "./scenarios.ts";
import { dial, eachCall, lineOf, until } from "./stage.ts";
import type { Line, Stage } from "./stage.ts";

/** Call milliseconds: more than it takes to come and to be reported, whatever happens to the webhooks. */
const PATIENCE_MS = 600_000;
const HOST = 90_000;

export const locked: Scenario = {
  about:
    "the operator locks the room; a moderator still gets in, and when all have left it is open",
  lines: ["lockable"],
  hasRules: true,
  async play(stage) {
    const { bridge } = stage;
    const line = lineOf(stage, "lockable", 0);
    const third = Math.ceil(stage.calls / 3);
    const early = await comeIn(stage, line, 0, third);
    await bridge.lock(line.conference);
    const late = await comeIn(stage, line, third, third);
    const entries = [`${MODERATOR_PIN}#`];
    const host = dial(stage, line, HOST, { entries, hangUpAfterMs: null });
    await arrived(stage, [host]);
    const wasLocked = (await bridge.conference(line.conference)).locked;

    const areGone = await letGo(stage, line, [...early, host]);
    const fresh = await comeIn(stage, line, 2 * third, Math.max(1, stage.calls - 2 * third));
    const room = line.conference;
    stage.expect(async () => [
      ...disappointments(
        stage,
        [room],
        [
          ...early.map((leg) => ({ who: "a guest before the lock", leg, room })),
          ...late.map((leg) => ({ who: "a late guest", leg, room: null, hears: /locked/ })),
          { who: "the moderator", leg: host, room },
          ...(areGone ? fresh : []).map((leg) => ({
            who: "a guest of the next meeting",
            leg,
            room,
          })),
        ],
      ),
      ...(wasLocked ? [] : ["not locked although the operator said so"]),
      ...(areGone && (await bridge.conference(room)).locked ? ["locked in the next meeting"] : []),
    ]);
  },
};

/** Lets guests dial, and waits until each is in or was told why not. */
async function comeIn(stage: Stage, line: Line, from: number, calls: number): Promise<Leg[]> {
  const guests: Leg[] = [];
  await eachCall({ ...stage, calls }, (index) => {
    guests.push(dial(stage, line, from + index, { entries: ["#"], hangUpAfterMs: null }));
  });
  await arrived(stage, guests);
  return guests;
}

async function arrived(stage: Stage, legs: readonly Leg[]): Promise<void> {
  await until(stage, () => legs.every((leg) => leg.hasArrived || leg.ended.aborted), PATIENCE_MS);
}

/** Lets everybody hang up; whether the bridge was told of each of them. */
async function letGo(stage: Stage, line: Line, legs: readonly Leg[]): Promise<boolean> {
  for (const leg of legs) leg.hangUp("user");
  const says = (leg: Leg) => stage.carrier.testify(leg.id, line.conference, Date.now())?.says;
  await until(stage, () => legs.every((leg) => says(leg) !== "pending"), PATIENCE_MS);
  return legs.every((leg) => says(leg) === "out");
}
