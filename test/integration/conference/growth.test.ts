/** What grows with a conference, and what must not. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { Directory } from "../../../src/index.ts";
import { call } from "../support/call.ts";
import { admitted, delivered } from "../support/deliveries.ts";
import { startMeter } from "../support/meter.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the directory reads is its own, and comes when it likes. */
async function ignoreDirectory(): Promise<void> {
  await env.DIRECTORY.getByName("all").problems();
  vi.spyOn(Directory.prototype, "hear").mockReturnValue(0);
}

async function join(conference: string, count: number): Promise<void> {
  const now = Date.now();
  const stub = env.CONFERENCE.getByName(conference);
  await Promise.all(
    Array.from({ length: count }, async () => {
      const one = call({ at: now });
      await stub.record(one.identity.id, [admitted(one, now), delivered(one.transfer, now)]);
    }),
  );
}

it("reads as many rows for a webhook with 1,000 live legs as with 10", async () => {
  const { bill } = await startMeter();
  await ignoreDirectory();
  const reads: number[] = [];
  for (const legs of [10, 1_000]) {
    const conference = `growth-${legs}`;
    await join(conference, legs);
    const one = call();
    const before = bill().rowsRead;
    for (const payload of [one.started, one.answered, one.transfer, one.completed]) {
      await env.CONFERENCE.getByName(conference).record(one.identity.id, [
        delivered(payload, Date.now()),
      ]);
    }
    reads.push(bill().rowsRead - before);
    const view = await env.CONFERENCE.getByName(conference).view(0);
    expect(view?.count).toBe(legs);
  }
  expect(reads[1]).toBe(reads[0]);
});

it("wakes after 10,000 finished calls by reading its live legs, and finds a leg that is gone", async () => {
  // What thousands of calls would tell it is still under way when the object is to be evicted.
  await ignoreDirectory();
  const conference = "ten-thousand";
  const stub = env.CONFERENCE.getByName(conference);
  const now = Date.now();
  const first = call({ at: now });
  await stub.record(first.identity.id, [
    admitted(first, now),
    delivered(first.transfer, now),
    delivered(first.completed, now),
  ]);
  for (let batch = 0; batch < 100; batch++) {
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const one = call({ at: now });
        await stub.record(one.identity.id, [
          admitted(one, now),
          delivered(one.transfer, now),
          delivered(one.completed, now),
        ]);
      }),
    );
  }
  await join(conference, 7);
  await evictDurableObject(stub);

  vi.restoreAllMocks();
  const { bill } = await startMeter();
  await ignoreDirectory();
  const before = bill().rowsRead;
  expect((await stub.view(0))?.count).toBe(7);
  // The live legs, and a constant for the steps of the schema.
  expect(bill().rowsRead - before).toBeLessThanOrEqual(7 + 7);

  expect(
    await stub.record(first.identity.id, [
      delivered(first.answered, now),
      delivered(first.completed, now),
    ]),
  ).toEqual(["applied", "duplicate"]);
  expect(await stub.participant(first.identity.id)).toMatchObject({
    participant: { phase: "gone" },
    duplicates: 1,
  });
  expect((await stub.view(0))?.count).toBe(7);
});
