/**
 * The conformance suite in its short form, at the built Worker over HTTP: every scenario under the vilest delivery and
 * every silence, with one seed. And the instrument itself: it must not agree with a bridge that lies.
 */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { planOf, SCENARIO_ROWS, SILENCE_ROWS } from "../simulator/commands/conformance-cases.ts";
import type { Row } from "../simulator/commands/conformance-cases.ts";
import { runConformance } from "../simulator/commands/conformance-run.ts";
import { CHAOS_PROFILES } from "../simulator/chaos/chaos.ts";
import { startLocalBridge } from "../simulator/commands/local-bridge.ts";
import type { LocalBridge } from "../simulator/commands/local-bridge.ts";
import { simulate } from "../simulator/referee/simulation.ts";
import { startLyingProxy } from "../support/lying-proxy.ts";
import type { Lie } from "../support/lying-proxy.ts";

const NEVER = new AbortController().signal;

const SHORT_ROWS = [...SILENCE_ROWS, ...SCENARIO_ROWS.filter(({ name }) => name.endsWith("vile"))];

let bridge: LocalBridge | null = null;

beforeAll(async () => {
  const worker = inject("worker");
  bridge = await startLocalBridge({ name: "conformance", worker, interrupted: NEVER });
});

afterAll(async () => {
  await bridge?.stop();
});

test.concurrent("agrees in every scenario and under every silence", async () => {
  if (bridge === null) throw new Error("no bridge");
  const findings = await runConformance({
    rows: SHORT_ROWS,
    seeds: 1,
    atOnce: 6,
    slowAtOnce: 1,
    targets: { usual: bridge, short: bridge },
    interrupted: NEVER,
    onFinding: () => undefined,
  });
  expect(findings).toHaveLength(SHORT_ROWS.length);
  const disagreeing = findings.filter(({ report }) => !report.agree);
  expect(disagreeing.map(({ row, report }) => [row.name, report.problems])).toEqual([]);
});

/** A lie that swallows one event that says this, of a caller who was in the room. */
function swallowsOne(text: string): Lie {
  const moved = new Set<unknown>();
  let isDone = false;
  return {
    swallows(body) {
      const { type, uuid } = JSON.parse(body) as Record<string, unknown>;
      if (type === "transfer") moved.add(uuid);
      const isOne = !isDone && moved.has(uuid) && body.includes(text);
      isDone ||= isOne;
      return isOne;
    },
  };
}

const LIES: readonly [string, () => Lie, string][] = [
  ["a transfer is swallowed", () => swallowsOne('"transfer"'), "misses leg"],
  ["a completed is swallowed", () => swallowsOne('"completed"'), "has a ghost"],
  ["one is added to the count", () => ({ bends: (view) => (view.count += 1) }), "counts"],
  [
    "one is added to the count, and to the list",
    () => ({
      bends: (view) => {
        view.count += 1;
        view.participants.push({ leg: "nobody", phase: "in" });
      },
    }),
    "has a ghost, nobody",
  ],
  [
    "somebody is left out",
    () => ({
      bends: (view) => {
        const index = view.participants.findIndex(({ phase }) => phase === "in");
        if (index === -1) return;
        view.participants.splice(index, 1);
        view.count -= 1;
      },
    }),
    "misses leg",
  ],
];

const HONEST: Row = { name: "lies", scenario: "standup", chaos: CHAOS_PROFILES.none };

test.concurrent.each(LIES)("does not agree where %s", async (name, createLie, complaint) => {
  if (bridge === null) throw new Error("no bridge");
  const lie = createLie();
  let isHonest = true;
  // A stranger who is there from the beginning would be taken for somebody else's caller.
  const proxy = await startLyingProxy(bridge.url, {
    ...lie,
    ...(lie.bends === undefined
      ? {}
      : { bends: (view) => (isHonest ? undefined : lie.bends?.(view)) }),
  });
  const index = 1000 + LIES.findIndex(([each]) => each === name);
  const report = await simulate(
    planOf(HONEST, 1, index),
    { ...bridge, url: proxy.url },
    {
      interrupted: NEVER,
      onProgress: ({ calls }) => {
        if (calls > 0) isHonest = false;
      },
    },
  );
  proxy.close();
  expect(report?.agree).toBe(false);
  expect(report?.problems.join("\n")).toContain(complaint);
});
