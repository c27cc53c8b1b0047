/** The part of a conference's journal that the page has fetched. Pure. */
import type { LiveEntry } from "../../contract/live-messages.ts";

export interface JournalBook {
  /** Everything after `from` up to `upTo`, oldest first. */
  entries: readonly LiveEntry[];
  from: number;
  upTo: number;
}

/** How many entries a page keeps when it stays open for days. */
const MOST = 5_000;

/** `entries`: all entries after `from` up to `upTo`. */
export function openBook(entries: readonly LiveEntry[], from: number, upTo: number): JournalBook {
  return { entries: entries.filter(({ seq }) => seq > from && seq <= upTo), from, upTo };
}

/** Appends entries; null where some are missing in between. */
export function withNews(book: JournalBook, news: readonly LiveEntry[]): JournalBook | null {
  const fresh = news.filter(({ seq }) => seq > book.upTo);
  const [first, last] = [fresh[0], fresh.at(-1)];
  if (first === undefined || last === undefined) return book;
  if (first.seq !== book.upTo + 1) return null;
  return joined(book, { entries: fresh, from: book.upTo, upTo: last.seq });
}

/** Joins two parts, the second of which begins where the first ends. */
export function joined(book: JournalBook, next: JournalBook): JournalBook {
  const entries = [...book.entries, ...next.entries];
  const kept = entries.slice(-MOST);
  const from = kept.length < entries.length ? (kept[0]?.seq ?? 1) - 1 : book.from;
  return { entries: kept, from, upTo: next.upTo };
}

/** Prepends the page that was read after `after`. An empty page means that older days have been deleted. */
export function withEarlier(
  book: JournalBook,
  page: readonly LiveEntry[],
  after: number,
): JournalBook {
  const earlier = page.filter(({ seq }) => seq <= book.from);
  return {
    ...book,
    entries: [...earlier, ...book.entries],
    from: earlier.length === 0 ? 0 : after,
  };
}
