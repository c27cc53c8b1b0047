import { expect, it } from "vitest";
import type { LiveEntry } from "../../../../src/contract/live-messages.ts";
import {
  openBook,
  withEarlier,
  withNews,
  type JournalBook,
} from "../../../../src/dashboard/conference/journal-book.ts";

function entries(from: number, to: number): LiveEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    seq: from + i,
    leg: "a",
    kind: "status",
    status: "answered",
    at: null,
    receivedAt: "2026-11-24T12:00:00.000Z",
    outcome: "applied",
  }));
}

function numbers(book: JournalBook | null): number[] | null {
  return book === null ? null : book.entries.map(({ seq }) => seq);
}

const BOOK = openBook(entries(8, 10), 7, 10);

it("goes on with the entries that follow, and takes those that it has already for nothing new", () => {
  expect(numbers(withNews(BOOK, entries(9, 12)))).toEqual([8, 9, 10, 11, 12]);
  expect(withNews(BOOK, entries(8, 10))).toBe(BOOK);
  expect(withNews(BOOK, [])).toBe(BOOK);
});

it("says where some are missing in between", () => {
  expect(withNews(BOOK, entries(12, 13))).toBeNull();
});

it("reads backwards page by page, to the first", () => {
  const more = withEarlier(BOOK, entries(4, 7), 3);
  expect(numbers(more)).toEqual([4, 5, 6, 7, 8, 9, 10]);
  expect(more.from).toBe(3);
  expect(withEarlier(more, entries(1, 3), 0)).toMatchObject({ from: 0, upTo: 10 });
});

it("takes an empty page for the end: what was before is not kept any more", () => {
  expect(withEarlier(openBook([], 900, 1_000), [], 800).from).toBe(0);
});

it("takes from a page only what belongs to it", () => {
  expect(numbers(openBook(entries(5, 12), 7, 10))).toEqual([8, 9, 10]);
  expect(numbers(withEarlier(BOOK, entries(6, 9), 5))).toEqual([6, 7, 8, 9, 10]);
});

it("forgets the oldest of what is too much to keep, and knows that there is more", () => {
  const full = withNews(BOOK, entries(11, 6_000));
  expect(full?.entries).toHaveLength(5_000);
  expect(full).toMatchObject({ from: 1_000, upTo: 6_000 });
});
