/** What a call costs. Rows written are the largest part of the running cost, and limited per day on the free plan. */
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { shardOf } from "../../../src/switchboard/shard.ts";
import { objectsOf, ringUntil, setClock } from "../support/alarms.ts";
import { sendWith, signedPost } from "../support/bridge.ts";
import { call, play, type Call, type Step } from "../support/call.ts";
import { startMeter, type Bill } from "../support/meter.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Years ahead, so that no alarm rings by itself. */
const START = Date.parse("2031-06-01T09:00:00Z");
const EVENTS: readonly Step[] = ["answered", "transfer", "completed"];
/** Of which two are the directory's, where nobody else is in the room. */
const BARS = { rowsWritten: 20, requests: 17 };
/** The directory hears that somebody is on their way in, is in, and has gone. */
const TOLD: readonly Step[] = ["answered", "transfer", "completed"];

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A leg on the same shard as all others here, so that all calls cost the same. */
function legOnOneShard(): string {
  for (;;) {
    const leg = crypto.randomUUID();
    if (shardOf(leg) === "shard-0") return leg;
  }
}

type Playing = (of: Call, steps: readonly Step[]) => Promise<void>;

/** Each webhook comes to an isolate that does not know its leg: the most expensive case. */
async function playToStrangers(of: Call, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const route = step === "answer" ? "answer" : "event";
    const { settled } = await sendWith({}, signedPost(`/webhooks/${route}`, of[step]));
    await settled();
  }
}

/**
 * The costs of a room in which `calls` callers come and go, ten minutes apart, until long after their data has been deleted.
 * `host`: whether somebody else stays in the room; otherwise it begins and ends with each caller.
 */
async function lifetime(
  conference: string,
  steps: readonly Step[],
  calls: number,
  start: number,
  { playing = playToStrangers, host = true }: { playing?: Playing; host?: boolean } = {},
): Promise<Bill> {
  const line = `1415${start}`;
  await env.LINES.put(line, conference);
  setClock(start);
  // Creates the databases of the shard and the directory, whose cost is not that of a call.
  await env.SWITCHBOARD.getByName("shard-0").leg("nobody");
  await env.DIRECTORY.getByName("all").problems();
  const { bill } = await startMeter();
  const leg = legOnOneShard();
  const objects = objectsOf(leg, conference);
  const inTurn = async (of: Call, turns: readonly Step[]): Promise<void> => {
    for (const step of turns) {
      // Some seconds later as in life, so that the directory is told of each change, and not of two at once.
      if (step === "transfer") setClock(Date.now() + 4_000);
      const { tellings } = bill();
      await playing(of, [step]);
      if (TOLD.includes(step)) {
        const told = () => expect(bill().tellings).toBe(tellings + 1);
        await vi.waitFor(told, { timeout: 10_000, interval: 2 });
      }
    }
  };
  if (host) {
    const one = call({ line, at: start, leg });
    await inTurn(one, ["answer", "started", "ringing", "answered", "transfer"]);
  }
  for (let n = 1; n <= calls; n++) {
    const at = start + n * 10 * MINUTE;
    await ringUntil(at, objects);
    const visitor = call({ line, at, leg: legOnOneShard() });
    await inTurn(visitor, steps.slice(0, -1));
    await ringUntil(at + 5 * MINUTE, objects);
    await inTurn(visitor, steps.slice(-1));
  }
  await ringUntil(start + 40 * DAY, objects);
  const total = bill();
  vi.restoreAllMocks();
  return total;
}

it.each<[string, readonly Step[], boolean]>([
  ["the answer first", ["answer", "started", "ringing", ...EVENTS], true],
  ["started and ringing first", ["started", "ringing", "answer", ...EVENTS], true],
  ["the answer first and nobody else there", ["answer", "started", "ringing", ...EVENTS], false],
  [
    "started and ringing first and nobody else there",
    ["started", "ringing", "answer", ...EVENTS],
    false,
  ],
])(
  "writes at most 20 rows for a whole call, everything included, with %s",
  async (order, steps, host) => {
    const start = START + order.length * 200 * DAY;
    const one = await lifetime(`one-${start}`, steps, 1, start, { host });
    const eleven = await lifetime(`eleven-${start}`, steps, 11, start + 100 * DAY, { host });
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
    // A meter that misses rows would pass the limits above: six webhooks cannot be journalled for less.
    expect(perCall.rowsWritten).toBeGreaterThanOrEqual(12);
  },
);

it("asks half as many objects where one isolate of the Worker takes all webhooks of a call", async () => {
  const start = START + 400 * DAY;
  const steps = ["answer", "started", "ringing", ...EVENTS] as const;
  const one = await lifetime("warm-one", steps, 1, start, { playing: play });
  const eleven = await lifetime("warm-eleven", steps, 11, start + 100 * DAY, { playing: play });
  const perCall = (eleven.requests - one.requests) / 10;
  console.log(`by one isolate: ${JSON.stringify({ requests: perCall })}`);
  expect(perCall).toBeLessThanOrEqual(11);
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
