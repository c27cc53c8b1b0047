/** Compares what the bridge says about a conference with the truth. */
import type { BridgeApi } from "./bridge-api.ts";
import type { Truth } from "./truth.ts";

/** Who knows the truth, and whether the bridge can know it: the carrier. */
export interface Witness {
  readonly truth: Truth;
  /** Whether every event that can matter to a conversation was accepted by the bridge. */
  isSettled(conversation: string): boolean;
}

export interface Ruling {
  readonly conference: string;
  /** How many legs are really in it. */
  readonly truth: number;
  /** How many the bridge counts, or null where it did not answer. */
  readonly tracked: number | null;
  /**
   * Whether the bridge had been told everything, and nothing changed while it was asked. Only then is a difference the
   * bridge's fault. Silence always is.
   */
  readonly settled: boolean;
  /** What differs, in words; empty where they agree. */
  readonly differences: readonly string[];
}

/** Asks the bridge about a conference and judges the answer. */
export async function judge(
  witness: Witness,
  bridge: BridgeApi,
  conference: string,
): Promise<Ruling> {
  const { truth } = witness;
  const revision = truth.revision(conference);
  const settledBefore = witness.isSettled(conference);
  const present = truth.present(conference);
  try {
    const view = await bridge.conference(conference);
    const differences = [
      ...(view.count === present.size ? [] : [`counts ${view.count} of ${present.size}`]),
      ...[...present].filter((leg) => !view.present.has(leg)).map((leg) => `misses leg ${leg}`),
      ...[...view.present].filter((leg) => !present.has(leg)).map((leg) => `has a ghost, ${leg}`),
    ];
    // An event that is created and accepted while the bridge is asked comes with a change of the truth.
    const settled =
      settledBefore && witness.isSettled(conference) && truth.revision(conference) === revision;
    return { conference, truth: present.size, tracked: view.count, settled, differences };
  } catch (error) {
    const differences = [`did not answer: ${String(error)}`];
    return { conference, truth: present.size, tracked: null, settled: true, differences };
  }
}
