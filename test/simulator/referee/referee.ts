/** Compares what the bridge says about a conference with the truth, leg by leg. */
import type { BridgeApi, ConferenceView } from "./bridge-api.ts";
import type { Testimony } from "./testimony.ts";
import type { Truth } from "../carrier/truth.ts";

/** What the referee needs of the carrier: the truth, and what the bridge can know of it. */
export interface Witness {
  readonly truth: Truth;
  /** How many webhooks were due, accepted or lost so far. */
  readonly changes: number;
  /** Whether every event that can matter to a conversation was accepted by the bridge, or never will be. */
  isSettled(conversation: string): boolean;
  /** The legs that were ever in a conversation. */
  visitors(conversation: string): ReadonlySet<string>;
  /** How many halves of a conversation are inhabited that cannot hear each other. */
  halves(conversation: string): number;
  /**
   * What a bridge can know of a leg and a conversation at a moment (milliseconds since the epoch); null for a stranger.
   * The revision is the number of the last change that concerned the leg.
   */
  testify(
    leg: string,
    conversation: string,
    now: number,
  ): { readonly says: Testimony; readonly revision: number } | null;
}

export interface Ruling {
  readonly conference: string;
  /** How many legs are really in it. */
  readonly truth: number;
  /** How many the bridge counts, those that it knew before left out; null where it did not answer. */
  readonly tracked: number | null;
  /** Whether the bridge had been told everything, and nothing changed while it was asked. Silence counts as settled. */
  readonly settled: boolean;
  /** What the bridge got wrong although it had been told, in words; empty where it is right. */
  readonly differences: readonly string[];
  /** Legs that the bridge misses, or has too many, although it had been told about them. */
  readonly missing: readonly string[];
  readonly ghosts: readonly string[];
  /** Legs that the bridge was right about, by what it had been told. */
  readonly right: ReadonlySet<string>;
  /** How many legs cannot be judged, since webhooks about them are on their way. */
  readonly pending: number;
  /** Legs that it has wrong within a documented bound: what would tell was never sent. */
  readonly excused: readonly string[];
}

/** Asks the bridge about a conference and judges the answer. `strangers`: legs that were there before the carrier came. */
export async function judge(
  witness: Witness,
  bridge: BridgeApi,
  conference: string,
  strangers: ReadonlySet<string> = new Set(),
): Promise<Ruling> {
  const { truth } = witness;
  const before = depose(witness, conference);
  try {
    const view = await bridge.conference(conference);
    return rule(before, depose(witness, conference), view, witness, strangers);
  } catch (error) {
    return {
      conference,
      truth: truth.present(conference).size,
      tracked: null,
      settled: true,
      differences: [`did not answer: ${String(error)}`],
      missing: [],
      ghosts: [],
      right: new Set(),
      pending: 0,
      excused: [],
    };
  }
}

/** What was to be known at one moment. */
interface Deposition {
  readonly conference: string;
  readonly settled: boolean;
  readonly revision: number;
  readonly changes: number;
  readonly halves: number;
  readonly legs: ReadonlyMap<string, { readonly says: Testimony; readonly revision: number }>;
}

function depose(witness: Witness, conference: string): Deposition {
  const now = Date.now();
  const legs = [...witness.visitors(conference)].flatMap((leg) => {
    const testimony = witness.testify(leg, conference, now);
    return testimony === null ? [] : [[leg, testimony] as const];
  });
  return {
    conference,
    settled: witness.isSettled(conference),
    revision: witness.truth.revision(conference),
    changes: witness.changes,
    halves: witness.halves(conference),
    legs: new Map(legs),
  };
}

function rule(
  before: Deposition,
  after: Deposition,
  view: ConferenceView,
  witness: Witness,
  strangers: ReadonlySet<string>,
): Ruling {
  const { conference } = before;
  const present = new Set([...view.present].filter((leg) => !strangers.has(leg)));
  const known = witness.truth.present(conference);
  const settled = before.settled && after.settled && before.revision === after.revision;
  const verdicts = new Map(
    [...after.legs].map(([leg, { says, revision }]) => {
      const earlier = before.legs.get(leg);
      const steady = earlier?.revision === revision && earlier.says === says;
      return [leg, steady ? says : ("pending" as const)];
    }),
  );

  const missing = [...verdicts].filter(([leg, says]) => says === "in" && !present.has(leg));
  const unmoved = new Map(
    [...present]
      .filter((leg) => !verdicts.has(leg))
      .map((leg) => [leg, saysOfUnmoved(leg, witness, before)]),
  );
  const ghosts = [...present].filter((leg) => (verdicts.get(leg) ?? unmoved.get(leg)) === "out");
  const excused = [...verdicts, ...unmoved].filter(
    ([leg, says]) => says === "either" && known.has(leg) !== present.has(leg),
  );
  const right = [...verdicts].filter(([leg, says]) => says === (present.has(leg) ? "in" : "out"));
  const inDoubt = [...unmoved.values()].includes("pending");
  const exact = settled && excused.length === 0 && !inDoubt;
  const tracked = view.count - (view.present.size - present.size);
  return {
    conference,
    truth: known.size,
    tracked,
    settled: settled && !inDoubt,
    missing: missing.map(([leg]) => leg),
    ghosts,
    right: new Set(right.map(([leg]) => leg)),
    pending: [...verdicts.values()].filter((says) => says === "pending").length,
    excused: excused.map(([leg]) => leg),
    differences: [
      ...(view.count === view.present.size
        ? []
        : [`counts ${view.count}, lists ${view.present.size}`]),
      ...(exact && tracked !== known.size ? [`counts ${tracked} of ${known.size}`] : []),
      ...missing.map(([leg]) => `misses leg ${leg}`),
      ...ghosts.map((leg) => `has a ghost, ${leg}`),
      ...splitDifference(before, after, view, exact, strangers),
    ],
  };
}

/** What is known of a leg that the bridge lists although it was never moved there; strangers cannot be there at all. */
function saysOfUnmoved(leg: string, witness: Witness, before: Deposition): Testimony {
  const testimony = witness.testify(leg, before.conference, Date.now());
  if (testimony === null) return "out";
  return testimony.revision > before.changes ? "pending" : testimony.says;
}

/** A room in two halves must be seen as such, once everybody in it was reported. */
function splitDifference(
  before: Deposition,
  after: Deposition,
  view: ConferenceView,
  exact: boolean,
  strangers: ReadonlySet<string>,
): string[] {
  const reported = [...after.legs.values()].every(({ says }) => says === "in" || says === "out");
  if (!exact || !reported || strangers.size > 0 || before.halves !== after.halves) return [];
  const isSplit = after.halves > 1;
  return view.split === isSplit ? [] : [`is ${isSplit ? "" : "not "}split, but says otherwise`];
}
