/** What a scenario works with: callers, lines, time, and control over the legs. */
import type { BridgeApi } from "../referee/bridge-api.ts";
import type { CallControl } from "../carrier/call-control.ts";
import type { CallPlan } from "../carrier/carrier-options.ts";
import type { Carrier } from "../carrier/carrier.ts";
import type { Clock } from "../carrier/clock.ts";
import type { Leg } from "../carrier/leg.ts";
import type { Random } from "../carrier/random.ts";

/**
 * What a line is for. `plain`: everybody is equal; `guest` waits for a `host`; `recorded`: the room is recorded; `pins`:
 * callers need a PIN; `many-rooms`: a code chooses the room; `full`: there are twenty places; `small`: five; `lockable`: moderators have a
 * PIN, guests none; `waiting`: the same, and guests wait for a moderator; `choosy`: some callers are denied; `closed`: at
 * all times of the day.
 */
export type LineKind =
  | "plain"
  | "guest"
  | "host"
  | "recorded"
  | "pins"
  | "many-rooms"
  | "full"
  | "small"
  | "lockable"
  | "waiting"
  | "choosy"
  | "closed";

export interface Line {
  readonly number: string;
  readonly kind: LineKind;
  /** Where it leads to when the scenario begins. */
  readonly conference: string;
}

export interface Stage {
  readonly carrier: Carrier;
  readonly control: CallControl;
  readonly clock: Clock;
  readonly random: Random;
  /** How many calls to make. */
  readonly calls: number;
  /** How long a caller stays on average, in milliseconds of call time. */
  readonly holdMs: number;
  readonly lines: readonly Line[];
  /** Aborted when somebody wants it to end. */
  readonly interrupted: AbortSignal;
  /** Waits until the next call is due. */
  pace(): Promise<void>;
  /** What the bridge says of itself. */
  readonly bridge: BridgeApi;
  /** Says what must be so once everybody who stays has arrived: what is wrong then, in words. */
  expect(check: () => readonly string[] | Promise<readonly string[]>): void;
  /** Makes a line lead to another conference; null where the lines cannot be written. */
  readonly moveLine: ((line: Line, conference: string) => Promise<void>) | null;
}

/** Callers' numbers are ones that Ofcom keeps free for drama. */
export function callerNumber(index: number): string {
  return `4477009${String(index % 100_000).padStart(5, "0")}`;
}

/** One of the lines of a kind, in turn; any line where there is none of that kind. */
export function lineOf(stage: Stage, kind: LineKind, index: number): Line {
  const ofKind = stage.lines.filter((line) => line.kind === kind);
  const lines = ofKind.length > 0 ? ofKind : stage.lines;
  const line = lines[index % lines.length];
  if (line === undefined) throw new Error("A scenario needs a line");
  return line;
}

/** How long the caller with this number in the row stays: about the usual time, or, two of five, until told to go. */
export function hold(stage: Stage, index: number): number | null {
  const chance = stage.random.branch(`hold ${index}`);
  if (chance.chance(0.4)) return null;
  return Math.round(stage.holdMs * (0.5 + chance.fraction()));
}

/** Dials a line; the rest of the plan may say more. */
export function dial(
  stage: Stage,
  line: Line,
  index: number,
  plan: Partial<CallPlan> & Pick<CallPlan, "hangUpAfterMs">,
): Leg {
  return stage.carrier.dial({ caller: callerNumber(index), line: line.number, ...plan });
}

/** How often a condition is looked at, in milliseconds of call time. */
const LOOK_MS = 500;

/** Waits for a condition for at most `mostMs` of call time, or until somebody interrupts. */
export async function until(
  { clock, interrupted }: Stage,
  condition: () => boolean,
  mostMs: number,
): Promise<void> {
  for (let ms = 0; ms < mostMs && !condition() && !interrupted.aborted; ms += LOOK_MS) {
    await clock.wait(LOOK_MS, interrupted);
  }
}

/** Calls one after the other at the pace that was asked for, until there were enough or somebody interrupts. */
export async function eachCall(
  stage: Stage,
  call: (index: number) => void | Promise<void>,
): Promise<void> {
  for (let index = 0; index < stage.calls; index += 1) {
    if (stage.interrupted.aborted) return;
    await call(index);
    await stage.pace();
  }
}
