/** Scenarios in which a line or a conference refuses callers, or makes them wait. */
import { disappointments, wasTold } from "../referee/expectations.ts";
import type { Expectation } from "../referee/expectations.ts";
import type { Leg } from "../carrier/leg.ts";
import { FIRST_DENIED, MODERATOR_PIN, PLACES } from "./line-values.ts";
import type { Scenario } from "./scenarios.ts";
import { dial, eachCall, hold, lineOf, until } from "./stage.ts";
import type { Line, Stage } from "./stage.ts";

const FULL = /full/;
/** Call milliseconds: more than it takes to hear a greeting or a goodbye, whatever happens to the webhooks. */
const ARRIVAL_MS = 600_000;

export const fullRoom: Scenario = {
  about: "everybody storms a room of twenty at once; some leave, and others call again",
  lines: ["full"],
  hasRules: true,
  leastCalls: 200,
  async play(stage) {
    for (const line of stage.lines) await stormRoom(stage, line, PLACES.full);
  },
};

export const smallRoom: Scenario = {
  about: "the same with a room of five",
  lines: ["small"],
  hasRules: true,
  async play(stage) {
    for (const line of stage.lines) await stormRoom(stage, line, PLACES.small);
  },
};

async function stormRoom(stage: Stage, line: Line, places: number): Promise<void> {
  const { carrier } = stage;
  const dialAll = (from: number, to: number): Leg[] =>
    Array.from({ length: to - from }, (_, index) =>
      dial(stage, line, from + index, { hangUpAfterMs: null }),
    );
  const first = await arrived(stage, dialAll(0, stage.calls));
  const leavers = first.inside.slice(0, Math.ceil(places / 4));
  const returners = Math.ceil(places / 2);
  for (const leg of leavers) leg.hangUp("user");
  const says = (leg: Leg) => carrier.testify(leg.id, line.conference, Date.now())?.says;
  await until(stage, () => leavers.every((leg) => says(leg) !== "pending"), ARRIVAL_MS);
  // Whose going was never told keeps their place, as far as anybody can know.
  const isKnown = leavers.every((leg) => says(leg) === "out");
  const second = await arrived(stage, dialAll(stage.calls - returners, stage.calls));
  stage.expect(() => [
    ...unless(first.inside.length, Math.min(places, stage.calls), "are in at first"),
    ...unless(first.told.length, Math.max(0, stage.calls - places), "are told that it is full"),
    ...(isKnown ? unless(second.inside.length, leavers.length, "get a place that is free") : []),
    ...(isKnown ? unless(second.told.length, returners - leavers.length, "call in vain") : []),
    ...unless(mostAtOnce(stage, line.conference), Math.min(places, stage.calls), "are in at most"),
  ]);
}

/** Waits until everybody is in or has hung up; who is in, and who was told that the room is full. */
async function arrived(
  stage: Stage,
  legs: readonly Leg[],
): Promise<{ inside: readonly Leg[]; told: readonly Leg[] }> {
  await until(stage, () => legs.every((leg) => leg.hasArrived || leg.ended.aborted), ARRIVAL_MS);
  return {
    inside: legs.filter(({ hasArrived }) => hasArrived),
    told: legs.filter((leg) => wasTold(leg, FULL)),
  };
}

function unless(actual: number, expected: number, what: string): string[] {
  return actual === expected ? [] : [`${actual} and not ${expected} ${what}`];
}

function mostAtOnce({ carrier }: Stage, conference: string): number {
  const { truth } = carrier;
  const sizes = truth.stays(conference).map(({ from }) => truth.presentAt(conference, from).size);
  return Math.max(0, ...sizes);
}

export const waitingRoom: Scenario = {
  about: "guests hear the bridge's own hold music until a moderator comes, who stays",
  lines: ["waiting"],
  hasRules: true,
  async play(stage) {
    const { carrier } = stage;
    const line = lineOf(stage, "waiting", 0);
    const guests: Leg[] = [];
    const half = Math.ceil(stage.calls / 2);
    const comeIn = (from: number, calls: number): Promise<void> =>
      eachCall({ ...stage, calls }, (index) => {
        const number = from + index;
        const entries = { entries: ["#"], hangUpAfterMs: hold(stage, number) };
        guests.push(dial(stage, line, number, entries));
      });
    await comeIn(0, half);
    const before = (await stage.bridge.conference(line.conference)).started;
    const host = dial(stage, line, 90_000, { entries: [`${MODERATOR_PIN}#`], hangUpAfterMs: null });
    await comeIn(half, stage.calls - half);
    stage.expect(async () => {
      const after = (await stage.bridge.conference(line.conference)).started;
      const isTold = carrier.testify(host.id, line.conference, Date.now())?.says === "in";
      const inside = guests.filter(({ hasArrived }) => hasArrived);
      return [
        ...(before ? ["started before any moderator called"] : []),
        ...(after || !isTold ? [] : ["not started although a moderator is there"]),
        ...(isMusic(host.holdMusic) ? ["the moderator gets hold music"] : []),
        ...inside
          .filter(({ holdMusic }) => !isMusic(holdMusic))
          .map(({ holdMusic }) => `a guest waits with ${String(holdMusic)}`),
        ...disappointments(
          stage,
          [line.conference],
          [{ who: "the moderator", leg: host, room: line.conference }],
        ),
      ];
    });
  },
};

/** Only an absolute address can be fetched by the carrier. */
function isMusic(url: string | null): boolean {
  return url !== null && URL.canParse(url) && new URL(url).pathname === "/hold-music.mp3";
}

export const refusals: Scenario = {
  about: "one line denies some callers, another is closed; they are told, and are in no room",
  lines: ["choosy", "closed"],
  hasRules: true,
  async play(stage) {
    const calls: { line: Line; number: number; leg: Leg }[] = [];
    await eachCall(stage, (index) => {
      const line = lineOf(stage, index % 3 === 1 ? "closed" : "choosy", index);
      const number = (index % 3 === 2 ? FIRST_DENIED : 0) + (index % FIRST_DENIED);
      const leg = dial(stage, line, number, { hangUpAfterMs: null });
      calls.push({ line, number, leg });
    });
    const conferences = new Set(stage.lines.map(({ conference }) => conference));
    stage.expect(() => disappointments(stage, [...conferences], calls.map(fateOf)));
  },
};

/** What becomes of the caller with a number in the row. One without a number is not on a list of those allowed. */
function fateOf({ line, number, leg }: { line: Line; number: number; leg: Leg }): Expectation {
  if (line.kind === "closed") {
    return { who: "a caller at night", leg, room: null, hears: /closed/ };
  }
  return number >= FIRST_DENIED || !leg.showsNumber
    ? { who: "a denied caller", leg, room: null, hears: /does not accept calls/ }
    : { who: "a caller", leg, room: line.conference };
}
