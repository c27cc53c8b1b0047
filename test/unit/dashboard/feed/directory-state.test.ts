import { expect, it } from "vitest";
import {
  applyDirectory,
  type DirectoryState,
} from "../../../../src/dashboard/feed/directory-state.ts";
import type { ConferenceSummary, ProblemView } from "../../../../src/contract/directory-view.ts";
import type { DirectoryDelta, DirectorySnapshot } from "../../../../src/contract/live-messages.ts";

const AS_OF = "2026-11-24T12:00:00.000Z";

function conference(name: string, changes: Partial<ConferenceSummary> = {}): ConferenceSummary {
  return {
    name,
    live: true,
    since: AS_OF,
    endedAt: null,
    count: 1,
    confirmed: 1,
    arriving: 0,
    moderators: 0,
    started: true,
    locked: false,
    split: false,
    asOf: AS_OF,
    ...changes,
  };
}

function problem(id: string, lastAt: string, count = 1): ProblemView {
  return { id, kind: "carrier-error", subject: id, detail: id, count, firstAt: AS_OF, lastAt };
}

function snapshot(seq: number, changes: Partial<DirectorySnapshot> = {}): DirectorySnapshot {
  return { type: "snapshot", seq, asOf: AS_OF, conferences: [], problems: [], ...changes };
}

function delta(seq: number, changes: Partial<DirectoryDelta> = {}): DirectoryDelta {
  return { type: "delta", seq, asOf: AS_OF, conferences: [], problems: [], ...changes };
}

function at(minute: number): string {
  return `2026-11-24T13:${String(minute).padStart(2, "0")}:00.000Z`;
}

function after(...messages: (DirectorySnapshot | DirectoryDelta)[]): DirectoryState | null {
  return messages.reduce<DirectoryState | null>(applyDirectory, null);
}

function names(state: DirectoryState | null): string[] {
  return [...(state?.conferences.keys() ?? [])];
}

it("puts what a delta says in the place of what was known, and takes away what is not live any more", () => {
  const state = after(
    snapshot(3, { conferences: [conference("a"), conference("b")] }),
    delta(4, { conferences: [conference("b", { count: 2 }), conference("c")] }),
    delta(5, { conferences: [conference("a", { live: false, count: 0 })] }),
  );
  expect(names(state)).toEqual(["b", "c"]);
  expect(state?.conferences.get("b")?.count).toBe(2);
});

it("knows nothing after a gap until the next snapshot, whatever comes in between", () => {
  const known = snapshot(3, { conferences: [conference("a")] });
  expect(after(known, delta(5))).toBeNull();
  expect(after(known, delta(5), delta(4))).toBeNull();
  expect(after(known, delta(3))).toBeNull();
  expect(after(delta(1))).toBeNull();
  const mended = after(known, delta(5), snapshot(5, { conferences: [conference("z")] }), delta(6));
  expect(names(mended)).toEqual(["z"]);
});

it("lets a snapshot replace everything, also where its number is lower: the Worker may have started anew", () => {
  const state = after(
    snapshot(70, { conferences: [conference("a")], problems: [problem("p", AS_OF)] }),
    snapshot(0),
  );
  expect(state).toMatchObject({ seq: 0, problems: [] });
  expect(names(state)).toEqual([]);
});

it("shows a problem once, the latest first, and of each kind as many as the Worker keeps", () => {
  const state = after(
    snapshot(0, { problems: [problem("new", at(9)), problem("old", at(1))] }),
    delta(1, { problems: [problem("old", at(20), 2)] }),
  );
  expect(state?.problems.map(({ id, count }) => [id, count])).toEqual([
    ["old", 2],
    ["new", 1],
  ]);
  const many = Array.from({ length: 60 }, (_, i) => problem(`p${i}`, at(0)));
  const other = { ...problem("other", AS_OF), kind: "split-room", lastAt: at(0) } as const;
  const full = after(
    snapshot(0, { problems: [...many, other] }),
    delta(1, { problems: [problem("q", at(1))] }),
  );
  expect(full?.problems).toHaveLength(51);
  expect(full?.problems.at(-1)?.id).toBe("other");
  expect(full?.problems[0]?.id).toBe("q");
});

it("keeps what does not change as it is, so that nothing is drawn in vain", () => {
  const first = after(snapshot(0, { conferences: [conference("a")] }));
  const second = applyDirectory(first, delta(1));
  expect(second?.conferences).toBe(first?.conferences);
  expect(second?.problems).toBe(first?.problems);
});
