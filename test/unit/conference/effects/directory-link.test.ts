import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DirectoryLink } from "../../../../src/conference/effects/directory-link.ts";
import { numbersOf, type ConferenceStatus } from "../../../../src/conference/state/census.ts";

const NOW = Date.parse("2031-06-01T09:00:00Z");
const STATUS: ConferenceStatus = { ...numbersOf([]), locked: false };

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A directory that says of each report which is the latest that it has; the numbers of the reports that it got. */
function directory(latestOf: (seq: number) => number): { env: Env; seqs: number[] } {
  const seqs: number[] = [];
  const hear = async (_: string, seq: number): Promise<number> => {
    seqs.push(seq);
    return latestOf(seq);
  };
  // Of the bindings the link asks for no other.
  const env = { DIRECTORY: { getByName: () => ({ hear }) } } as unknown as Env;
  return { env, seqs };
}

it("reports again, above the number of a later report, where the directory has one by another machine's clock", async () => {
  const ahead = NOW + 60_000;
  const { env, seqs } = directory((seq) => Math.max(seq, ahead));
  const link = new DirectoryLink(
    env,
    "standup",
    () => STATUS,
    async () => undefined,
  );
  link.changed();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seqs).toEqual([NOW, ahead + 1]);
});

it("reports once what the directory has taken", async () => {
  const { env, seqs } = directory((seq) => seq);
  const link = new DirectoryLink(
    env,
    "standup",
    () => STATUS,
    async () => undefined,
  );
  link.changed();
  await vi.advanceTimersByTimeAsync(5_000);
  link.changed();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seqs).toEqual([NOW]);
});
