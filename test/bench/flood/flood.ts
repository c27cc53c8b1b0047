/**
 * What a caller notices of a viewer who asks as fast as they can: answer webhooks to a room of fifty in calm and in a flood,
 * alternately. They come at their own pace, as callers do, and not when the one before was answered: a stall then counts as
 * often as somebody meets it.
 */
import type { ConferenceView } from "../../../src/contract/conference-view.ts";
import { createClock } from "../../simulator/carrier/clock.ts";
import { prepareCalls } from "../calls.ts";
import { Flooder, type Flooded } from "./flooder.ts";
import { send, type Prepared } from "../load.ts";
import { SETTINGS } from "../servers.ts";
import { figure, quantile, ratio, type Figure } from "../statistics.ts";

const ROOM = 902;
export const PEOPLE = 50;
export const FLOOD = { sockets: 20, clients: 20 } as const;

/** Answer webhooks in half a round, and how far apart they are: some five seconds. */
const ANSWERS = 125;
const APART_MS = 40;
/** What a flood left in its sockets and queues is gone by then. */
const SETTLE_MS = 500;
/** The carrier waits no longer for an answer. */
const GIVE_UP_MS = 5_000;
const MOST_TRIES = 10;
/** A round takes a quarter of a minute, so that more of them would only take longer. */
const MOST_ROUNDS = 9;

export interface FloodFigures {
  /** Milliseconds. */
  readonly calm: Figure;
  readonly flooded: Figure;
  readonly ratio: Figure;
  /** The same of the flood that nobody has met yet, on a server that has just started. */
  readonly first: Figure;
  /** Callers of all rounds who were let in before their conference had answered. */
  readonly unchecked: number;
  /** What the floods got, in all rounds. */
  readonly got: Flooded;
}

export async function measureFlood(url: string, rounds: number): Promise<FloodFigures> {
  const there = prepareCalls(PEOPLE, () => ROOM);
  for (const step of ["answer", "answered", "transfer"] as const) {
    await send(
      url,
      there.map((call) => call[step]),
      8,
    );
  }
  const flooder = new Flooder();
  const [first, calm, flooded]: [number[], number[], number[]] = [[], [], []];
  const floods: Flooded[] = [];
  const unchecked = new Set<string>();
  const plan = { url, token: SETTINGS.VIEWER_TOKEN, conference: `room-${ROOM}`, ...FLOOD };
  try {
    for (let round = 0; round <= Math.min(rounds, MOST_ROUNDS); round += 1) {
      const quiet = await answersP95(url);
      flooder.start(plan);
      const loud = await answersP95(url);
      floods.push(await flooder.stop());
      await pause(SETTLE_MS);
      await noteUnchecked(url, unchecked);
      // The first round warms up.
      if (round > 0) {
        calm.push(quiet);
        flooded.push(loud);
      } else {
        first.push(loud / quiet);
      }
      process.stderr.write(`\r  round ${round} of ${rounds}  `);
    }
  } finally {
    await flooder.end();
  }
  process.stderr.write("\r                        \r");
  return {
    calm: figure(calm),
    flooded: figure(flooded),
    ratio: ratio(flooded, calm),
    first: figure(first),
    unchecked: unchecked.size,
    got: sumOf(floods),
  };
}

/** Each caller hangs up as soon as they were answered, so that the room stays as it is. */
async function answersP95(url: string): Promise<number> {
  const calls = prepareCalls(ANSWERS, () => ROOM);
  const start = performance.now();
  const latencies = await Promise.all(
    calls.map(async ({ answer, completed }, index) => {
      await pause(start + index * APART_MS - performance.now());
      const took = await Promise.race([answered(url, answer), pause(GIVE_UP_MS)]);
      if (took !== undefined) await Promise.race([send(url, [completed], 1), pause(GIVE_UP_MS)]);
      return took ?? GIVE_UP_MS;
    }),
  );
  return quantile(
    latencies.toSorted((a, b) => a - b),
    0.95,
  );
}

async function answered(url: string, webhook: Prepared): Promise<number> {
  const { latencies } = await send(url, [webhook], 1);
  return latencies[0] ?? Number.NaN;
}

/** Adds the legs that were let in unchecked, of those who are there and those who left last: more than came in a round. */
async function noteUnchecked(url: string, legs: Set<string>): Promise<void> {
  const headers = { authorization: `Bearer ${SETTINGS.API_TOKEN}` };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const path = `/api/conferences/room-${ROOM}?gone=true&limit=1000`;
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    const response = await fetch(url + path, { headers, signal }).catch(() => null);
    if (response?.ok === true) {
      const { participants } = (await response.json()) as ConferenceView;
      const unchecked = participants.filter(({ admission }) => admission === "unchecked");
      for (const { leg } of unchecked) legs.add(leg);
      return;
    }
    await response?.body?.cancel();
    await pause(SETTLE_MS);
  }
  throw new Error("the room cannot be read any more");
}

function sumOf(floods: readonly Flooded[]): Flooded {
  const tally: Record<string, number> = {};
  for (const flood of floods) {
    for (const [what, times] of Object.entries(flood.tally)) {
      tally[what] = (tally[what] ?? 0) + times;
    }
  }
  const sum = (of: (flood: Flooded) => number): number =>
    floods.reduce((total, flood) => total + of(flood), 0);
  return { tally, sent: sum(({ sent }) => sent), megabytes: sum(({ megabytes }) => megabytes) };
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await createClock(1).wait(ms);
}
