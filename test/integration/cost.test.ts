/** What a call costs. The rows are the largest part of the running cost, and the free plan's daily limit. */
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { shardOf } from "../../src/switchboard/shard.ts";
import { objectsOf, ringUntil, setClock } from "./support/alarms.ts";
import { sendWith, signedPost } from "./support/bridge.ts";
import { call, play, type Call, type Step } from "./support/call.ts";
import { startMeter, type Bill } from "./support/meter.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Years ahead, so that no alarm rings by itself. */
const START = Date.parse("2031-06-01T09:00:00Z");
const EVENTS: readonly Step[] = ["answered", "transfer", "completed"];
const BARS = { rowsWritten: 18, requests: 14 };

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A leg on the same shard as all the others here, so that calls differ in nothing. */
function legOnOneShard(): string {
  for (;;) {
    const leg = crypto.randomUUID();
    if (shardOf(leg) === "shard-0") return leg;
  }
}

/** Each webhook comes to an isolate of the Worker that has not heard of its leg: the dearest case. */
async function playToStrangers(of: Call, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const route = step === "answer" ? "answer" : "event";
    const { settled } = await sendWith({}, signedPost(`/webhooks/${route}`, of[step]));
    await settled();
  }
}

/**
 * The bill of a room in which somebody stays while `calls` others come and go, ten minutes apart, until long after the
 * last trace of them was deleted.
 */
async function lifetime(
  conference: string,
  steps: readonly Step[],
  calls: number,
  start: number,
  playing = playToStrangers,
): Promise<Bill> {
  const line = `1415${start}`;
  await env.LINES.put(line, conference);
  setClock(start);
  // The shard's database is there already: making it is not a call's doing.
  await env.SWITCHBOARD.getByName("shard-0").leg("nobody");
  const { bill } = await startMeter();
  const host = call({ line, at: start, leg: legOnOneShard() });
  const objects = objectsOf(host.identity.id, conference);
  await playing(host, ["answer", "started", "ringing", "answered", "transfer"]);
  for (let n = 1; n <= calls; n++) {
    const at = start + n * 10 * MINUTE;
    await ringUntil(at, objects);
    const visitor = call({ line, at, leg: legOnOneShard() });
    await playing(visitor, steps.slice(0, -1));
    await ringUntil(at + 5 * MINUTE, objects);
    await playing(visitor, steps.slice(-1));
  }
  await ringUntil(start + 40 * DAY, objects);
  const total = bill();
  vi.restoreAllMocks();
  return total;
}

it.each<[string, readonly Step[]]>([
  ["the answer first", ["answer", "started", "ringing", ...EVENTS]],
  ["started and ringing first", ["started", "ringing", "answer", ...EVENTS]],
])(
  "writes at most 18 rows for a whole call, everything included, with %s",
  async (order, steps) => {
    const start = START + (order === "the answer first" ? 0 : 200 * DAY);
    const one = await lifetime(`one-${start}`, steps, 1, start);
    const eleven = await lifetime(`eleven-${start}`, steps, 11, start + 100 * DAY);
    const perCall = {
      rowsWritten: (eleven.rowsWritten - one.rowsWritten) / 10,
      rowsRead: (eleven.rowsRead - one.rowsRead) / 10,
      alarmsSet: (eleven.alarmsSet - one.alarmsSet) / 10,
      requests: (eleven.requests - one.requests) / 10,
      kvReads: (eleven.kvReads - one.kvReads) / 10,
      logLines: (eleven.logLines - one.logLines) / 10,
    };
    console.log(`with ${order}: ${JSON.stringify(perCall)}`);
    expect(perCall.rowsWritten).toBeLessThanOrEqual(BARS.rowsWritten);
    expect(perCall.requests).toBeLessThanOrEqual(BARS.requests);
    // A meter that misses something would pass everything above: six webhooks cannot be journalled for less.
    expect(perCall.rowsWritten).toBeGreaterThanOrEqual(12);
  },
);

it("asks half as many objects where one isolate of the Worker takes all webhooks of a call", async () => {
  const start = START + 400 * DAY;
  const steps = ["answer", "started", "ringing", ...EVENTS] as const;
  const one = await lifetime("warm-one", steps, 1, start, play);
  const eleven = await lifetime("warm-eleven", steps, 11, start + 100 * DAY, play);
  const perCall = (eleven.requests - one.requests) / 10;
  console.log(`by one isolate: ${JSON.stringify({ requests: perCall })}`);
  expect(perCall).toBeLessThanOrEqual(8);
});

it("reads KV once for a number that has a line, and twice for one that has none", async () => {
  await env.LINES.put("14155550199", "standup");
  const read = vi.fn<(keys: unknown) => unknown>();
  const lines = new Proxy(env.LINES, {
    get: (target, name) =>
      name === "get" ? read.mockImplementation((keys) => target.get(keys as string)) : undefined,
  });
  for (const line of ["14155550199", "14155550198"]) {
    const request = signedPost("/webhooks/answer", call({ line }).answer);
    const { settled } = await sendWith({ LINES: lines }, request);
    await settled();
  }
  expect(read.mock.calls.map(([keys]) => keys)).toEqual([
    "14155550199",
    "14155550198",
    ["+14155550198", "*"],
  ]);
});
