/** The outbox, judged by the requests that the carrier saw. */
import { reset } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createRandom, type Random } from "../../simulator/carrier/random.ts";
import { faultOnce, NO_FAULTS, type FaultPlan } from "../../simulator/rest/fault.ts";
import {
  asked,
  dial,
  evict,
  finished,
  handOn,
  hanging,
  outbox,
  pass,
  people,
  ringAlarm,
  startCarrier,
  statuses,
  submit,
  talkTo,
  tally,
  type TestCarrier,
} from "../support/carrier.ts";

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});

const LEGS = Array.from({ length: 50 }, (_, n) => `leg-${n}`);

/** The numbers that the carrier called, in order. */
const called = ({ control }: TestCarrier): string[] =>
  control.created.map(({ to }) => to.number).toSorted();

/** The most requests that the carrier saw in any second. */
function densest({ api }: TestCarrier, method?: string): number {
  const times = api.seen
    .filter((request) => method === undefined || request.method === method)
    .map(({ at }) => at);
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
  );
}

/** Loses the reply of the fifth and of the tenth, one of which the carrier acted on. */
function losing(kind: string): FaultPlan {
  let count = 0;
  return (command) => {
    if (command.kind !== kind) return null;
    count += 1;
    return count === 5 || count === 10 ? ({ kind: "lost", acted: count === 5 } as const) : null;
  };
}

/** Two in five requests end badly, before the carrier has acted or after it. */
function mischief(random: Random): FaultPlan {
  return () => {
    if (!random.chance(0.4)) return null;
    const acted = random.chance(0.5);
    return random.chance(0.5) ? { kind: "lost", acted } : { kind: "error", acted, status: 503 };
  };
}

describe("fifty", () => {
  it("people are called at the carrier's pace, each once", async () => {
    const carrier = startCarrier();
    const batch = await finished(await submit(people(50).map((to) => dial(to))));
    expect(tally(batch)).toEqual({ done: 50 });
    expect(called(carrier)).toEqual(people(50));
    expect(new Set(batch.jobs.map(({ leg }) => leg)).size).toBe(50);
    expect(statuses(carrier)).not.toContain(429);
    expect(densest(carrier)).toBe(3);
  });

  it("legs hear an announcement, each once", async () => {
    const carrier = startCarrier(LEGS);
    const batch = await finished(await submit(LEGS.map((leg) => talkTo(leg))));
    expect(tally(batch)).toEqual({ done: 50 });
    expect(carrier.control.deeds.map(([, leg]) => leg)).toEqual(LEGS);
    expect(statuses(carrier)).not.toContain(429);
    expect(densest(carrier)).toBe(15);
  });
});

describe("with an eviction in the middle and replies that are lost", () => {
  it("fifty people are called, none of them twice", async () => {
    const carrier = startCarrier();
    carrier.api.faults = losing("create");
    const batch = await submit(people(50).map((to) => dial(to)));
    await pass(4_000);
    await evict();
    await ringAlarm();
    await pass(5_000);
    await evict();
    await ringAlarm();
    expect(tally(await finished(batch))).toEqual({ done: 50 });
    expect(called(carrier)).toEqual(people(50));
    expect(statuses(carrier)).not.toContain(429);
    expect(densest(carrier, "POST")).toBe(3);
  });

  it("a call whose request was under way then is not made again", async () => {
    const carrier = startCarrier();
    carrier.api.faults = () => hanging(true);
    const batch = await submit([dial("447700900123")]);
    await pass(100);
    await evict();
    carrier.api.faults = NO_FAULTS;
    await ringAlarm();
    const { jobs } = await finished(batch);
    expect(jobs).toMatchObject([{ state: "done", leg: "outbound-1", status: "started" }]);
    expect(asked(carrier)).toEqual(["create", "list"]);
  });

  it("a call that the carrier never made is made then", async () => {
    const carrier = startCarrier();
    carrier.api.faults = faultOnce({ kind: "lost", acted: false }, () => true);
    const { jobs } = await finished(await submit([dial("447700900123")]));
    expect(jobs).toMatchObject([{ state: "done", leg: "outbound-1" }]);
    expect(asked(carrier)).toEqual(["create", "list", "list", "create"]);
  });

  it("fifty legs hear an announcement at most once, and what cannot be known is said to be unknown", async () => {
    const carrier = startCarrier(LEGS);
    carrier.api.faults = losing("talk");
    const batch = await submit(LEGS.map((leg) => talkTo(leg)));
    await pass(1_000);
    await evict();
    await ringAlarm();
    const done = await finished(batch);
    expect(tally(done)).toEqual({ done: 48, unknown: 2 });
    expect(new Set(carrier.control.deeds.map(([, leg]) => leg)).size).toBe(49);
    expect(carrier.control.deeds).toHaveLength(49);
    expect(statuses(carrier)).not.toContain(429);
    expect(densest(carrier)).toBeLessThanOrEqual(15);
  });

  it("an announcement to a leg that has ended meanwhile is for nobody", async () => {
    const carrier = startCarrier(["leg-0"]);
    carrier.api.faults = faultOnce({ kind: "lost", acted: false }, () => true);
    const batch = await submit([talkTo("leg-0")]);
    await pass(200);
    carrier.control.hangup("leg-0");
    expect((await finished(batch)).jobs).toMatchObject([{ state: "gone" }]);
  });

  it("what may be done twice is sent again", async () => {
    const carrier = startCarrier(["leg-0"]);
    carrier.api.faults = faultOnce({ kind: "error", acted: true, status: 503 }, () => true);
    const batch = await submit([handOn("mute", "leg-0")]);
    expect(tally(await finished(batch))).toEqual({ done: 1 });
    expect(asked(carrier)).toEqual(["mute", "mute"]);
  });
});

describe("whatever goes wrong", () => {
  it.each([1, 2, 3])(
    "everybody is called once, nobody hears anything twice, and every hand is obeyed: seed %d",
    async (seed) => {
      const random = createRandom(String(seed));
      const carrier = startCarrier(LEGS.slice(0, 20));
      carrier.api.faults = mischief(random);
      const batch = await submit([
        ...people(12).map((to) => dial(to)),
        ...LEGS.slice(0, 10).map((leg) => talkTo(leg)),
        ...LEGS.slice(10, 20).map((leg) => handOn("mute", leg)),
      ]);
      for (let eviction = 0; eviction < 4; eviction++) {
        await pass(random.integer(50, 3_000));
        await evict();
        await ringAlarm();
      }
      const { jobs } = await finished(batch, 600_000);
      expect(called(carrier)).toEqual(people(12));
      expect(jobs.slice(0, 12).every(({ state }) => state === "done")).toBe(true);
      expect(jobs.slice(22).every(({ state }) => state === "done")).toBe(true);

      const heard = carrier.control.deeds.flatMap(([deed, leg]) => (deed === "talk" ? [leg] : []));
      expect(new Set(heard).size).toBe(heard.length);
      const doneFor = jobs.slice(12, 22).filter(({ state }) => state === "done");
      expect(doneFor.every(({ leg }) => heard.includes(leg ?? ""))).toBe(true);
      expect(statuses(carrier)).not.toContain(429);
    },
  );
});

describe("when the account is shared", () => {
  it("what is refused for coming too often is sent again, all of it once", async () => {
    const carrier = startCarrier(LEGS);
    const calls = await submit(people(10).map((to) => dial(to)));
    const talks = await submit(LEGS.map((leg) => talkTo(leg)));
    for (let second = 0; second < 5; second++) {
      for (let n = 0; n < 3; n++) carrier.limits.take("newCall", Date.now());
      for (let n = 0; n < 10; n++) carrier.limits.take("other", Date.now());
      await pass(900);
    }
    expect(tally(await finished(calls))).toEqual({ done: 10 });
    expect(tally(await finished(talks))).toEqual({ done: 50 });
    expect(statuses(carrier)).toContain(429);
    expect(called(carrier)).toEqual(people(10));
    expect(carrier.control.deeds.map(([, leg]) => leg).toSorted()).toEqual(LEGS.toSorted());
  });
});

describe("when the carrier is down for a while", () => {
  it("calls are made and hands obeyed once it is back", async () => {
    const carrier = startCarrier(LEGS);
    carrier.up = false;
    const batch = await submit([
      ...people(5).map((to) => dial(to)),
      ...LEGS.slice(0, 5).map((leg) => handOn("mute", leg)),
    ]);
    await pass(10_000);
    await evict();
    await ringAlarm();
    await pass(10_000);
    carrier.up = true;
    expect(tally(await finished(batch, 180_000))).toEqual({ done: 10 });
    expect(called(carrier)).toEqual(people(5));
    expect(carrier.control.deeds).toHaveLength(5);
  });

  it("nothing is sent any more that is an hour old", async () => {
    const carrier = startCarrier(["leg-0"]);
    carrier.up = false;
    const batch = await submit([handOn("hangup", "leg-0"), dial("447700900123")]);
    await pass(2_000);
    await evict();
    vi.setSystemTime(Date.now() + 3_600_000);
    carrier.up = true;
    await ringAlarm();
    const { jobs } = await finished(batch);
    expect(jobs.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
    expect(asked(carrier)).toEqual([]);
  });

  it("a request that hangs is given up after ten seconds", async () => {
    const carrier = startCarrier(["leg-0"]);
    carrier.api.faults = () => (carrier.api.seen.length === 1 ? hanging(false) : null);
    const batch = await submit([handOn("hangup", "leg-0")]);
    await pass(9_500);
    expect((await outbox().progress(batch))?.jobs).toMatchObject([{ state: "sending" }]);
    expect(tally(await finished(batch))).toEqual({ done: 1 });
    expect(asked(carrier)).toEqual(["hangup", "hangup"]);
  });
});

describe("the order", () => {
  it("is hands, announcements, calls, look-ups, and first come first served", async () => {
    const carrier = startCarrier(LEGS);
    // Until here the rate limit delays them, so that there is an order to choose.
    await finished(await submit(LEGS.slice(0, 15).map((leg) => talkTo(leg))));
    const before = carrier.api.accepted.length;
    const batches = [
      await submit([handOn("look-up", "leg-20")]),
      await submit([dial("447700900123"), talkTo("leg-21")]),
      await submit([handOn("hangup", "leg-22"), handOn("mute", "leg-23")]),
    ];
    for (const batch of batches) await finished(batch);
    expect(asked(carrier).slice(before)).toEqual(["hangup", "mute", "talk", "create", "get"]);
  });

  it("of a mute and its undoing is kept, whatever happens to the first", async () => {
    const carrier = startCarrier(["leg-0"]);
    carrier.api.faults = faultOnce({ kind: "lost", acted: false }, () => true);
    const batch = await submit([handOn("mute", "leg-0"), handOn("unmute", "leg-0")]);
    expect(tally(await finished(batch))).toEqual({ done: 2 });
    expect(carrier.control.deeds).toEqual([
      ["mute", "leg-0", true],
      ["mute", "leg-0", false],
    ]);
  });
});
