/**
 * What a bridge must get right: every scenario under every kind of delivery, every silence of the carrier's documents,
 * and losses within their bounds. A row is tried with several seeds, each of which is one run.
 */
import { DEFAULT_METHODS } from "../webhooks/application.ts";
import type { Method, WebhookKind } from "../webhooks/application.ts";
import { makeLines } from "../scenarios/cast-lines.ts";
import { CHAOS_PROFILES } from "../chaos/chaos.ts";
import type { Chaos, ChaosProfile } from "../chaos/chaos.ts";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import { USUAL_SILENCES } from "../chaos/silences.ts";
import type { Silences } from "../chaos/silences.ts";
import type { SimulationPlan } from "../referee/simulation-plan.ts";

export interface Row {
  readonly name: string;
  readonly scenario: string;
  readonly chaos: Chaos;
  readonly silences?: Partial<Silences>;
  readonly methods?: Partial<Record<WebhookKind, Method>>;
  readonly clockOffsetSeconds?: number;
  /** Needs a bridge that gives silent legs up after a minute, to see its ghosts go. */
  readonly isLossy?: boolean;
  /** Takes a minute, most of it waiting. */
  readonly isSlow?: boolean;
  readonly calls?: number;
}

/** What the bridge for lossy rows is set to. */
export const SHORT_MAX_CALL_HOURS = 1 / 60;
const MAX_CALL_HOURS = 6;

const { none, rough, vile } = CHAOS_PROFILES;
const PROFILES: readonly ChaosProfile[] = ["none", "rough", "vile"];

/** Every scenario under every profile, but for those that are too large to be played many at once. */
export const SCENARIO_ROWS: readonly Row[] = Object.keys(SCENARIOS)
  .filter((scenario) => SCENARIOS[scenario]?.leastCalls === undefined)
  .flatMap((scenario) =>
    PROFILES.map((profile) => ({
      name: `${scenario}, ${profile}`,
      scenario,
      chaos: CHAOS_PROFILES[profile],
    })),
  );

const RETRIES = ["once", "twice", "any-error"] as const;
/** Readings of the one documented rule: the bridge takes answers alone whose hash follows another, and nothing without one. */
const OTHER_GET_HASHES = ["own-left-out", "values-encoded", "raw-query"] as const;
const ANSWERS_GET = { answer: "GET", fallback: "GET", event: "POST" } as const;
const ALL_GET = { answer: "GET", fallback: "GET", event: "GET" } as const;
const ALL_POST = { answer: "POST", fallback: "POST", event: "POST" } as const;

/** A carrier behind the bridge's clock by this counts unreported callers after some ten real seconds. */
const BEHIND_SECONDS = -55;

/** Every silence, where it can do harm. */
export const SILENCE_ROWS: readonly Row[] = [
  {
    name: "transfer when the room starts",
    scenario: "town-hall",
    chaos: rough,
    silences: { transfer: "at-start" },
  },
  {
    name: "transfer never",
    scenario: "standup",
    chaos: none,
    silences: { transfer: "never" },
    clockOffsetSeconds: BEHIND_SECONDS,
  },
  {
    name: "transfer when the room starts, by PIN",
    scenario: "waiting-room",
    chaos: rough,
    silences: { transfer: "at-start" },
  },
  {
    name: "transfer never, by PIN",
    scenario: "waiting-room",
    chaos: none,
    silences: { transfer: "never" },
    clockOffsetSeconds: BEHIND_SECONDS,
  },
  {
    name: "completed names the origin",
    scenario: "moved-out-and-back",
    chaos: rough,
    silences: { completed: "origin" },
  },
  {
    name: "endOnExit, the others late",
    scenario: "town-hall",
    chaos: rough,
    silences: { endOnExit: "late" },
  },
  {
    name: "conversations renewed",
    scenario: "town-hall",
    chaos: rough,
    silences: { conversation: "renewed" },
  },
  {
    name: "answered before the answer",
    scenario: "abandon",
    chaos: rough,
    silences: { answered: "before-answer" },
  },
  {
    name: "states to the eventUrl too",
    scenario: "recorded",
    chaos: rough,
    silences: { conversationEvents: "states-too" },
  },
  {
    name: "states to the eventUrl only",
    scenario: "recorded",
    chaos: rough,
    silences: { conversationEvents: "states-only" },
  },
  { name: "RTC events too", scenario: "standup", chaos: rough, silences: { rtc: "members" } },
  {
    name: "times missing in 30 %",
    scenario: "town-hall",
    chaos: { ...vile, missingTimestamps: 0.3 },
  },
  {
    name: "no event has a time",
    scenario: "moved-out-and-back",
    chaos: { ...rough, missingTimestamps: 1 },
  },
  // Unsigned and impatient attempts are what is tried again.
  ...RETRIES.map((retry) => ({
    name: `retry ${retry}`,
    scenario: "redial",
    chaos: { ...vile, unsigned: 0.3, slowAnswer: 0.3 },
    silences: { retry },
  })),
  { name: "GET throughout", scenario: "standup", chaos: rough, methods: ALL_GET },
  ...OTHER_GET_HASHES.map((getHash) => ({
    name: `answers by GET, hash ${getHash}`,
    scenario: "standup",
    chaos: rough,
    silences: { getHash },
    methods: ANSWERS_GET,
  })),
  { name: "POST throughout", scenario: "standup", chaos: rough, methods: ALL_POST },
  { name: "carrier's clock 2 min ahead", scenario: "redial", chaos: vile, clockOffsetSeconds: 120 },
  {
    name: "carrier's clock 2 min behind",
    scenario: "redial",
    chaos: vile,
    clockOffsetSeconds: -120,
  },
];

/**
 * What takes a minute: losses, at a bridge whose bound is that, and the longest silence of all, when nobody's move is
 * reported and the carrier's clock is right.
 */
export const SLOW_ROWS: readonly Row[] = [
  {
    name: "completed lost in 5 %",
    scenario: "standup",
    chaos: { ...rough, drop: 0.05, dropOnly: "completed" },
    isLossy: true,
    isSlow: true,
    calls: 40,
  },
  {
    name: "any event lost in 5 %",
    scenario: "standup",
    chaos: { ...rough, drop: 0.05 },
    isLossy: true,
    isSlow: true,
    calls: 40,
  },
  {
    name: "endOnExit, others not reported",
    scenario: "town-hall",
    chaos: rough,
    silences: { endOnExit: "no-completed" },
    isLossy: true,
    isSlow: true,
  },
  {
    name: "transfer never, a real minute",
    scenario: "standup",
    chaos: rough,
    silences: { transfer: "never" },
    isSlow: true,
  },
  {
    name: "no times, no transfers",
    scenario: "standup",
    chaos: { ...rough, missingTimestamps: 1 },
    silences: { transfer: "never" },
    isSlow: true,
  },
];

/** Kinds of lines times conferences of one run never come near this. */
const NUMBERS_A_RUN = 10;

/** The plan of one run. `index`: which run it is of all that share a bridge. */
export function planOf(row: Row, seed: number, index: number): SimulationPlan {
  const scenario = SCENARIOS[row.scenario];
  if (scenario === undefined) throw new Error(`There is no scenario ${row.scenario}`);
  const hours = row.isLossy === true ? SHORT_MAX_CALL_HOURS : MAX_CALL_HOURS;
  return {
    name: row.scenario,
    scenario,
    seed: `${row.name}/${seed}`,
    run: String(index),
    calls: row.calls ?? 12,
    ratePerSecond: row.isSlow === true ? 8 : 20,
    holdMs: 30_000,
    speed: 25,
    clockOffsetMs: (row.clockOffsetSeconds ?? 0) * 1000,
    chaos: row.chaos,
    silences: { ...USUAL_SILENCES, ...row.silences },
    bounds: { maxCallMs: hours * 3_600_000 },
    methods: { ...DEFAULT_METHODS, ...row.methods },
    lines: makeLines(scenario, `run-${index}`, 1, index * NUMBERS_A_RUN),
  };
}
