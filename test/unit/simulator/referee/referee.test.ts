import { describe, expect, it } from "vitest";
import type { BridgeApi } from "../../../simulator/referee/bridge-api.ts";
import { judge } from "../../../simulator/referee/referee.ts";
import type { Witness } from "../../../simulator/referee/referee.ts";
import type { Testimony } from "../../../simulator/referee/testimony.ts";
import { Tally } from "../../../simulator/referee/tally.ts";
import { Truth } from "../../../simulator/carrier/truth.ts";

/** A bridge that tracks these legs and counts that many. */
function bridgeThatSays(legs: readonly string[], count: number): BridgeApi {
  return {
    conference: async (name) => ({
      name,
      count,
      present: new Set(legs),
      moderators: new Set(),
      split: false,
      started: true,
      locked: false,
    }),
    lock: async () => undefined,
    journalPage: async () => ({ events: [], next: null }),
  };
}

/** Who says of these legs that they are in, and of every other one that it is a stranger. */
function witnessOf(legs: readonly string[], says: Testimony = "in"): Witness {
  const truth = new Truth();
  for (const leg of legs) truth.enter(leg, "standup", 0);
  return {
    truth,
    changes: 1,
    isSettled: () => says !== "pending",
    visitors: () => new Set(legs),
    halves: () => 1,
    testify: (leg) => (legs.includes(leg) ? { says, revision: 1 } : null),
  };
}

async function verdictOn(truth: readonly string[], bridge: BridgeApi) {
  const tally = new Tally();
  tally.add(await judge(witnessOf(truth), bridge, "standup"));
  return tally.verdict();
}

describe("the verdict", () => {
  it("is good where the bridge tracks exactly those who are there", async () => {
    expect(await verdictOn(["a", "b"], bridgeThatSays(["b", "a"], 2))).toMatchObject({
      agreed: true,
    });
  });

  it.each([
    ["a leg is missing", bridgeThatSays(["a"], 1)],
    ["there is a ghost", bridgeThatSays(["a", "b", "c"], 3)],
    ["the number is right, but not the legs", bridgeThatSays(["a", "c"], 2)],
    ["the legs are right, but not the number", bridgeThatSays(["a", "b"], 3)],
  ])("is bad where %s", async (_, bridge) => {
    expect((await verdictOn(["a", "b"], bridge)).agreed).toBe(false);
  });

  it("is bad where the bridge does not answer", async () => {
    const silent = { ...bridgeThatSays([], 0), conference: () => Promise.reject(new Error("no")) };
    expect((await verdictOn(["a"], silent)).agreed).toBe(false);
  });

  it("is bad where nobody was ever there: that would prove nothing", async () => {
    expect((await verdictOn([], bridgeThatSays([], 0))).agreed).toBe(false);
  });
});

describe("a ruling", () => {
  it("blames nobody while webhooks are on their way", async () => {
    const witness = witnessOf(["a"], "pending");
    const ruling = await judge(witness, bridgeThatSays([], 0), "standup");
    expect(ruling).toMatchObject({ settled: false, truth: 1, tracked: 0, differences: [] });
  });

  it("blames nobody where the truth changes while the bridge is asked", async () => {
    const witness = witnessOf(["a"]);
    const bridge = bridgeThatSays(["a"], 1);
    const slow: BridgeApi = {
      ...bridge,
      conference: (name) => {
        witness.truth.enter("b", "standup", 1);
        return bridge.conference(name);
      },
    };
    expect((await judge(witness, slow, "standup")).settled).toBe(false);
  });
});
