import { expect, it } from "vitest";
import type { Job } from "../../../src/outbox/job.ts";
import { confirmAgainAt } from "../../../src/outbox/confirmation.ts";

const job: Job = {
  id: "batch/0",
  batch: "batch",
  seq: 1,
  createdAt: 0,
  command: { kind: "mute", conference: "standup", leg: "leg", regionUrl: null },
  state: "done",
  sentAt: 0,
  detail: null,
  status: null,
  leg: "leg",
};

it("tells a conference that does not answer ever later, at least once an hour", () => {
  const moments: number[] = [];
  let now = 1_000;
  for (let n = 0; n < 12; n++) {
    const next = confirmAgainAt(job, now);
    moments.push((next - now) / 1_000);
    now = next;
  }
  expect(moments).toEqual([15, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600, 3_600]);
});

it("measures from when it was sent, or else asked for", () => {
  expect(confirmAgainAt({ ...job, sentAt: null, createdAt: 100_000 }, 200_000)).toBe(300_000);
  expect(confirmAgainAt({ ...job, sentAt: 150_000, createdAt: 100_000 }, 200_000)).toBe(250_000);
});
