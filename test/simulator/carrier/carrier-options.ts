/** The options of a carrier, and the plan of a call. */
import type { Application } from "../webhooks/application.ts";
import type { Callee } from "./call.ts";
import type { Chaos } from "../chaos/chaos.ts";
import type { Clock } from "./clock.ts";
import type { DeliveryNews, Mischief } from "../chaos/webhook-queue.ts";
import type { Random } from "./random.ts";
import type { RetryRule } from "../webhooks/retry.ts";
import type { Silences } from "../chaos/silences.ts";
import type { Bounds } from "../referee/testimony.ts";

export interface CarrierOptions {
  readonly application: Application;
  readonly clock: Clock;
  readonly random: Random;
  /** The source of the legs' ids; default `random`. A bridge that outlives the run must not see a leg's id twice. */
  readonly ids?: Random;
  /** A retry rule beside those of the documents; default: the one that `silences` chooses. */
  readonly retry?: RetryRule;
  /** How webhooks are delivered. */
  readonly mischief: Mischief;
  /** How webhooks are deformed and repeated; default: not at all. */
  readonly chaos?: Chaos;
  /** As we read the documents where missing. */
  readonly silences?: Silences;
  /** The bounds that the bridge promises; default: those of its default settings. */
  readonly bounds?: Bounds;
  /** What a called number does; it answers where missing. */
  readonly callee?: (number: string) => Callee;
  /** Hears what becomes of each webhook. */
  readonly onNews: (news: DeliveryNews) => void;
}

export interface CallPlan {
  /** The caller's number; not unique, one person may call twice. */
  readonly caller: string;
  /** The number to call, without `+`. */
  readonly line: string;
  /** When the caller hangs up, in call milliseconds after dialling; null for one who stays until told otherwise. */
  readonly hangUpAfterMs: number | null;
  /** What the caller answers at one prompt after the other: digits, `*` and `#` are keys, all else is said. */
  readonly entries?: readonly string[];
  /** How long the caller thinks before each answer, in call milliseconds; a second where missing. */
  readonly thinksMs?: number;
  /** The data centre that the call comes in at. */
  readonly region?: string;
}
