/**
 * The same bad day for both programs: the simulator's own carrier, with the same calls, callers and mischief, against
 * one after the other. Some callers stay; once everything about everybody else has been delivered, what each program
 * counts is compared with who is really there.
 */
import { createApplication, DEFAULT_METHODS } from "../simulator/webhooks/application.ts";
import { Carrier } from "../simulator/carrier/carrier.ts";
import { CHAOS_PROFILES, createMischief, LONGEST_DELAY_MS } from "../simulator/chaos/chaos.ts";
import { createClock } from "../simulator/carrier/clock.ts";
import { aborted } from "../simulator/chaos/webhook-queue.ts";
import { createRandom } from "../simulator/carrier/random.ts";
import { callerNumber } from "../simulator/scenarios/stage.ts";
import { lineOf } from "./calls.ts";
import { ACCOUNT, SETTINGS } from "./servers.ts";

const ROOM = 777;
const CALLS = 200;
const STAYING = 50;

/** Call seconds in a second; the rest in milliseconds of call time. */
const SPEED = 25;
const PAUSE_MS = 500;
const STAY_MS = { least: 10_000, most: 40_000 };

export interface RoughResult {
  readonly truth: number;
  readonly bridge: number;
  readonly express: number;
}

interface Count {
  readonly truth: number;
  readonly counted: number;
}

export async function roughRun(
  bridge: string,
  express: string,
  seed: number,
): Promise<RoughResult> {
  const ours = await play(bridge, `room-${ROOM}`, seed, () => countOf(bridge));
  const theirs = await play(express, "standup", seed, () => expressCount(express));
  // What the programs do must not decide who is there, or it is not the same run.
  if (ours.truth !== theirs.truth) throw new Error("the rough runs were not the same");
  return { truth: ours.truth, bridge: ours.counted, express: theirs.counted };
}

/** Plays the run against one program. `name`: the conversation that it sends its callers to. */
async function play(
  url: string,
  name: string,
  seed: number,
  count: () => Promise<number>,
): Promise<Count> {
  const { rough } = CHAOS_PROFILES;
  const clock = createClock(SPEED);
  const random = createRandom(`rough ${seed}`);
  const mischief = createMischief(rough, random.branch("mischief"));
  // What is held back until its call is over would never be delivered of somebody who stays.
  const inTime = createMischief({ ...rough, pastTheEnd: 0 }, random.branch("mischief"));
  const staying = new Set<string>();
  const carrier = new Carrier({
    application: createApplication(url, ACCOUNT, DEFAULT_METHODS),
    clock,
    random,
    chaos: rough,
    mischief: (webhook) => (staying.has(webhook.leg) ? inTime : mischief)(webhook),
    onNews: () => undefined,
  });
  for (let index = 0; index < CALLS; index += 1) {
    const stays = index % (CALLS / STAYING) === 0;
    const hangUpAfterMs = stays ? null : random.integer(STAY_MS.least, STAY_MS.most);
    const leg = carrier.dial({ caller: callerNumber(index), line: lineOf(ROOM), hangUpAfterMs });
    if (stays) staying.add(leg.id);
    await clock.wait(PAUSE_MS);
  }
  const leaving = [...carrier.legs.values()].filter(({ id }) => !staying.has(id));
  await Promise.all(leaving.map(({ ended }) => aborted(ended)));
  do await clock.wait(LONGEST_DELAY_MS);
  while (!carrier.isSettled(name));

  const result = { truth: carrier.truth.present(name).size, counted: await count() };
  for (const leg of carrier.legs.values()) leg.hangUp("user");
  await carrier.finished();
  return result;
}

async function countOf(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${SETTINGS.API_TOKEN}` };
  const response = await fetch(`${url}/api/conferences/room-${ROOM}`, { headers });
  return ((await response.json()) as { count: number }).count;
}

async function expressCount(url: string): Promise<number> {
  const response = await fetch(`${url}/count/${lineOf(ROOM)}`);
  return ((await response.json()) as { count: number }).count;
}
