/** Reads of a conference get a share of its time, with that in the test's hands; its callers get what they need. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../support/bridge.ts";
import { call, play } from "../support/call.ts";

const LINE = "14155550185";
/** Far more reads of one conference than it has time for at once. */
const MANY = 1_500;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await env.LINES.put(LINE, "paced");
});

afterEach(() => {
  vi.useRealTimers();
});

it("refuses reads where there are too many, and lets callers in all the same", async () => {
  const conference = env.CONFERENCE.getByName("paced");
  for (const caller of ["1", "2", "3", "4", "5"]) {
    await play(call({ line: LINE, caller }), ["answer", "answered", "transfer"]);
  }
  const reads = Array.from({ length: MANY }, (_, n) => conference.history(60_000 + n));
  const served = await Promise.all(reads);
  const count = served.filter((history) => history !== null).length;
  expect(count).toBeGreaterThan(100);
  expect(count).toBeLessThan(500);

  const refused = await api<{ status: number; detail: string }>("/conferences/paced/events");
  expect(refused).toMatchObject({ status: 503, body: { status: 503 } });
  expect(refused.body.detail).toContain("Please try again");

  const late = call({ line: LINE });
  await play(late, ["answer", "answered", "transfer"]);
  expect(await conference.roster()).toHaveLength(6);
  expect(await conference.participant(late.identity.id)).toMatchObject({
    participant: { phase: "in", admission: "checked" },
  });

  vi.setSystemTime(Date.now() + 10_000);
  expect((await api<{ count: number }>("/conferences/paced")).body.count).toBe(6);
});

it("serves what it worked out where nothing has changed, and never after something has", async () => {
  const conference = env.CONFERENCE.getByName("paced-again");
  await env.LINES.put(LINE, "paced-again");
  const asOf = async (): Promise<string> => (await conference.view(0))?.asOf ?? "";
  const first = await asOf();
  vi.setSystemTime(Date.now() + 999);
  expect(await asOf()).toBe(first);
  vi.setSystemTime(Date.now() + 1);
  const second = await asOf();
  expect(second).not.toBe(first);
  vi.setSystemTime(Date.now() + 1);
  await play(call({ line: LINE }), ["answer", "answered", "transfer"]);
  expect(await conference.view(0)).toMatchObject({ count: 1 });
});
