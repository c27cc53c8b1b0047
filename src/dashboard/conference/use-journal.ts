/** A conference's journal: the latest entries are fetched, and later ones come with the live feed. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveEntry } from "../../contract/live-messages.ts";
import { ok } from "../../lib/result.ts";
import { conferencePath, get, type Answer, type Problem } from "../shell/api.ts";
import { joined, openBook, withEarlier, withNews, type JournalBook } from "./journal-book.ts";

/** An entry as `GET …/events` gives it. */
export interface WholeEntry extends LiveEntry {
  body: unknown;
}

interface Page {
  events: WholeEntry[];
  next: number | null;
}

const PAGE = 100;

/** After a long gap there may be more than one page. */
const MOST_A_PAGE = 1_000;

export interface Journal {
  /** Null until it was fetched. */
  book: JournalBook | null;
  problem: Problem | null;
  readEarlier: () => Promise<void>;
}

/** `latest`: the number of the latest entry; null where it is not known yet. `news`: the entries that came with the feed. */
export function useJournal(
  name: string,
  latest: number | null,
  news: readonly LiveEntry[],
): Journal {
  const [book, setBook] = useState<JournalBook | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reading = useRef(false);
  const earlier = useRef(false);

  useEffect(() => {
    // Entries that arrive during the fetch are added afterwards: in a busy room the fetch would never end.
    if (latest === null || book?.upTo === latest || reading.current) return;
    // A lower number means another journal: the conference was deleted and has started again.
    const isSame = book !== null && book.upTo < latest;
    const next = isSame ? withNews(book, news) : null;
    if (next !== null && next.upTo === latest) {
      setBook(next);
      return;
    }
    const after = isSame ? book.upTo : Math.max(0, latest - PAGE);
    const read = async (): Promise<void> => {
      reading.current = true;
      const answer = await readAll(name, after);
      reading.current = false;
      setProblem(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      // Newer entries come with the feed.
      const pages = openBook(answer.value, after, latest);
      setBook((now) => (isSame && now !== null ? joined(now, pages) : pages));
    };
    void read();
  }, [name, latest, news, book]);

  async function readEarlier(): Promise<void> {
    if (book === null || book.from === 0 || earlier.current) return;
    earlier.current = true;
    const after = Math.max(0, book.from - PAGE);
    const answer = await get<Page>(pathOf(name, after, book.from - after));
    earlier.current = false;
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    // The journal may have been fetched again in the meantime. Then this page does not belong to it.
    const isNext = (now: JournalBook): boolean => now.from === book.from;
    setBook((now) =>
      now !== null && isNext(now) ? withEarlier(now, answer.value.events, after) : now,
    );
  }

  return { book, problem, readEarlier };
}

/** One entry with its body, which the feed leaves out. */
export async function readEntry(name: string, seq: number) {
  return await get<Page>(pathOf(name, seq - 1, 1));
}

async function readAll(name: string, from: number): Promise<Answer<WholeEntry[]>> {
  const entries: WholeEntry[] = [];
  let after: number | null = from;
  while (after !== null) {
    const answer: Answer<Page> = await get(pathOf(name, after, MOST_A_PAGE));
    if (!answer.ok) return answer;
    entries.push(...answer.value.events);
    after = answer.value.next;
  }
  return ok(entries);
}

function pathOf(name: string, after: number, limit: number): string {
  return `${conferencePath(name)}/events?after=${after}&limit=${limit}`;
}
