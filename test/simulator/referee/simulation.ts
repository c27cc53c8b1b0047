/** One run: a scenario, played by a carrier against a bridge, watched from the first call to the last webhook. */
import { AccountBook } from "../webhooks/account-book.ts";
import { createApplication } from "../webhooks/application.ts";
import { createBridgeApi } from "./bridge-api.ts";
import { Carrier } from "../carrier/carrier.ts";
import { createMischief, LONGEST_DELAY_MS } from "../chaos/chaos.ts";
import { createClock } from "../carrier/clock.ts";
import type { Clock } from "../carrier/clock.ts";
import { createCallControl } from "../carrier/leg-control.ts";
import { aborted } from "../chaos/webhook-queue.ts";
import type { DeliveryNews } from "../chaos/webhook-queue.ts";
import { createRandom } from "../carrier/random.ts";
import type { Random } from "../carrier/random.ts";
import type { Ruling } from "./referee.ts";
import { createReport } from "./report.ts";
import type { Report } from "./report.ts";
import { lineValue } from "../scenarios/line-values.ts";
import { bounded, conferencesOf, patienceWithMissing } from "./simulation-plan.ts";
import type { SimulationPlan, Target } from "./simulation-plan.ts";
import type { Stage } from "../scenarios/stage.ts";
import { GRACE_MS, Watch } from "./watch.ts";

/** How a run is going. */
export interface Progress {
  readonly calls: number;
  readonly up: number;
  readonly webhooks: number;
  readonly phase: "calling" | "comparing" | "leaving" | "comparing again";
}

export interface Audience {
  readonly interrupted: AbortSignal;
  /** Meets the carrier before its first call; resolves with what to do after its last. */
  readonly onCarrier?: (carrier: Carrier) => Promise<() => Promise<void>>;
  readonly onProgress: (progress: Progress) => void;
}

/** How long the last callers may take to get into their rooms, in real milliseconds. */
const ARRIVAL_MS = 30_000;

/** How long the last webhooks of an interrupted run may take, in real milliseconds. */
const FAREWELL_MS = 3000;

const PROGRESS_INTERVAL_MS = 250;

/** Plays a run to its end and reports; null where it was interrupted. */
export async function simulate(
  plan: SimulationPlan,
  target: Target,
  audience: Audience,
): Promise<Report | null> {
  const { interrupted } = audience;
  const startedAt = performance.now();
  const book = new AccountBook();
  const pace = createClock(1);
  const clock = createClock(plan.speed, plan.clockOffsetMs);
  const random = createRandom(plan.seed).branch(plan.name);
  const carrier: Carrier = createCarrier(plan, target, clock, random, (news) => {
    book.hear(news);
    watch.hear(news);
  });
  const bridge = createBridgeApi(target.url, target.token);
  const watch: Watch = new Watch(carrier, bridge, conferencesOf(plan));
  const part = await audience.onCarrier?.(carrier);
  for (const line of plan.lines) await target.putLine?.(line.number, lineValue(line));
  await watch.ignorePresent();

  let phase: Progress["phase"] = "calling";
  const over = new AbortController();
  const until = AbortSignal.any([over.signal, interrupted]);
  const tell = (): void => {
    const legs = [...carrier.legs.values()];
    const up = legs.filter((leg) => !leg.ended.aborted).length;
    audience.onProgress({ calls: legs.length, up, webhooks: book.accepted, phase });
  };
  const aside = [repeat(tell, pace, until), watch.run(pace, until)];

  const scene = { plan, carrier, watch, clock, pace, interrupted };
  const checks: Parameters<Stage["expect"]>[0][] = [];
  await plan.scenario.play({
    ...createStage(plan, carrier, clock, random, target, interrupted),
    bridge,
    expect: (check) => void checks.push(check),
  });
  phase = "comparing";
  const staying = await compareThoseWhoStay(scene);
  const disappointments = (await Promise.all(checks.map(async (check) => await check()))).flat();
  phase = "leaving";
  await letEverybodyGo(scene);
  phase = "comparing again";
  const left = await compareAtTheEnd(scene);
  over.abort();
  await Promise.all(aside);
  await part?.();
  tell();
  if (interrupted.aborted) return null;
  const seconds = (performance.now() - startedAt) / 1000;
  const sightings = watch.sightings();
  return createReport({ plan, carrier, book, sightings, staying, left, disappointments, seconds });
}

/** What goes on during a run. */
interface Scene {
  readonly plan: SimulationPlan;
  readonly carrier: Carrier;
  readonly watch: Watch;
  /** Call time, and real time. */
  readonly clock: Clock;
  readonly pace: Clock;
  readonly interrupted: AbortSignal;
}

async function compareThoseWhoStay(scene: Scene): Promise<readonly Ruling[]> {
  const { plan, carrier, watch, clock, pace, interrupted } = scene;
  await arrival(carrier, pace, interrupted);
  const { reorder, duplicate } = plan.chaos;
  await clock.wait(reorder + duplicate > 0 ? LONGEST_DELAY_MS : 0, interrupted);
  const isMissed = (leg: string, { conference }: Ruling): boolean =>
    carrier.truth.whereIs(leg) === conference;
  return await watch.lookUntil(
    (ruling) => isRight(ruling) && !ruling.excused.some((leg) => isMissed(leg, ruling)),
    pace,
    patienceWithMissing(plan),
    interrupted,
  );
}

async function letEverybodyGo({ carrier, pace, interrupted }: Scene): Promise<void> {
  for (const leg of carrier.legs.values()) leg.hangUp("user");
  // Whoever interrupts still leaves no ghosts behind, if that is a matter of seconds.
  const givenUp = aborted(interrupted).then(() => pace.wait(FAREWELL_MS));
  await Promise.race([carrier.finished(), givenUp]);
}

async function compareAtTheEnd(scene: Scene): Promise<readonly Ruling[]> {
  const { plan, watch, pace, interrupted } = scene;
  return await watch.lookUntil(
    (ruling) => isRight(ruling) && (!bounded(plan) || ruling.excused.length === 0),
    pace,
    bounded(plan) ? plan.bounds.maxCallMs + GRACE_MS : GRACE_MS,
    interrupted,
  );
}

function createCarrier(
  plan: SimulationPlan,
  target: Target,
  clock: Clock,
  random: Random,
  onNews: (news: DeliveryNews) => void,
): Carrier {
  return new Carrier({
    application: createApplication(target.url, target.account, plan.methods, ownQuery(plan)),
    clock,
    random,
    ids: random.branch(`run ${plan.run}`),
    mischief: createMischief(plan.chaos, random.branch("mischief")),
    chaos: plan.chaos,
    silences: plan.silences,
    bounds: plan.bounds,
    onNews,
  });
}

/** Only an address with parameters of its own can tell whether a hash covers them. */
function ownQuery({ silences }: SimulationPlan): string {
  return silences.getHash === "own-left-out" ? "?own=1" : "";
}

function createStage(
  plan: SimulationPlan,
  carrier: Carrier,
  clock: Clock,
  random: Stage["random"],
  target: Target,
  interrupted: AbortSignal,
): Omit<Stage, "bridge" | "expect"> {
  const { putLine } = target;
  const pauseMs = (1000 / plan.ratePerSecond) * plan.speed;
  return {
    carrier,
    clock,
    random,
    interrupted,
    control: createCallControl(carrier),
    calls: plan.calls,
    holdMs: plan.holdMs,
    lines: plan.lines,
    pace: () => clock.wait(pauseMs, interrupted),
    moveLine:
      putLine === null
        ? null
        : (line, name) => putLine(line.number, lineValue({ ...line, conference: name })),
  };
}

/** Waits until everybody who is still on the line is where they wanted to be. */
async function arrival(carrier: Carrier, pace: Clock, interrupted: AbortSignal): Promise<void> {
  const deadline = performance.now() + ARRIVAL_MS;
  const isOnTheWay = (): boolean =>
    [...carrier.legs.values()].some((leg) => !leg.ended.aborted && !leg.hasArrived);
  while (isOnTheWay() && performance.now() < deadline && !interrupted.aborted) {
    await pace.wait(PROGRESS_INTERVAL_MS, interrupted);
  }
}

function isRight(ruling: Ruling): boolean {
  return ruling.differences.length === 0;
}

async function repeat(act: () => void, pace: Clock, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    act();
    await pace.wait(PROGRESS_INTERVAL_MS, until);
  }
}
