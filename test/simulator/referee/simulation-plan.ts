/** The plan of a run: the scenario, how badly webhooks are delivered, and the bridge. */
import type { Method, WebhookKind } from "../webhooks/application.ts";
import type { Chaos } from "../chaos/chaos.ts";
import { conferencesBehind } from "../scenarios/line-values.ts";
import type { Scenario } from "../scenarios/scenarios.ts";
import { movedTo } from "../scenarios/moves.ts";
import type { Account } from "../webhooks/signing.ts";
import type { Silences } from "../chaos/silences.ts";
import type { Line } from "../scenarios/stage.ts";
import { UNCONFIRMED_MS } from "./testimony.ts";
import type { Bounds } from "./testimony.ts";
import { GRACE_MS } from "./watch.ts";

/** Bounds up to this are waited for; longer ones are only stated. */
const PATIENCE_MS = 180_000;

export interface SimulationPlan {
  readonly name: string;
  readonly scenario: Scenario;
  readonly seed: string;
  /** Keeps the legs' ids of this run apart from those of earlier runs at the same bridge. It affects nothing else. */
  readonly run: string;
  readonly calls: number;
  /** Calls in one real second. */
  readonly ratePerSecond: number;
  /** How long a caller stays on average, in milliseconds of call time. */
  readonly holdMs: number;
  /** Seconds of call time in one real second. */
  readonly speed: number;
  /** How far the carrier's clock is ahead. */
  readonly clockOffsetMs: number;
  readonly chaos: Chaos;
  readonly silences: Silences;
  readonly bounds: Bounds;
  readonly methods: Readonly<Record<WebhookKind, Method>>;
  readonly lines: readonly Line[];
}

export interface Target {
  /** The bridge's origin, without a slash at the end. */
  readonly url: string;
  readonly account: Account;
  readonly token: string;
  /** Null where the lines are somebody else's. */
  readonly putLine: ((number: string, value: string) => Promise<void>) | null;
}

/** The conferences that a plan's callers may get into. */
export function conferencesOf({ lines, scenario }: SimulationPlan): string[] {
  const moved = scenario.movesLines === true ? lines.map((line) => movedTo(line)) : [];
  return [...new Set([...lines.flatMap((line) => conferencesBehind(line)), ...moved])];
}

/** Whether every ghost has to be gone within a time that can be waited for. */
export function bounded({ bounds }: SimulationPlan): boolean {
  return bounds.maxCallMs <= PATIENCE_MS;
}

/** How long callers whose move nobody reported may be missing. */
export function patienceWithMissing({ silences, chaos, clockOffsetMs }: SimulationPlan): number {
  const dropsMoves = chaos.drop > 0 && (chaos.dropOnly ?? "transfer") === "transfer";
  if (silences.transfer !== "never" && !dropsMoves) return GRACE_MS;
  // A clock that is behind brings nobody in earlier: nobody counts before they were let in.
  return UNCONFIRMED_MS + Math.max(0, clockOffsetMs) + chaos.skewSeconds * 1000 + GRACE_MS;
}
