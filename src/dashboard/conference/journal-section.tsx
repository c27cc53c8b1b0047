/** The journal, newest first: each webhook, its leg, and whether it changed anything. */
import { useMemo, useState } from "preact/hooks";
import type { LiveEntry } from "../../contract/live-messages.ts";
import { cut } from "../../lib/cut.ts";
import { ErrorMessage } from "../components/error-message.tsx";
import type { Problem } from "../shell/api.ts";
import { now } from "../shell/clock.ts";
import { momentOf } from "../shell/times.ts";
import { readEntry, useJournal } from "./use-journal.ts";

interface JournalSectionProps {
  name: string;
  latest: number | null;
  news: readonly LiveEntry[];
  /** The leg whose entries are shown; null for all. */
  leg: string | null;
  onLeg: (leg: string | null) => void;
  /** Who a leg is, in words. */
  whoIs: (leg: string) => string;
}

/** How many entries are shown at first, and how many more with each request for earlier ones. */
const SHOWN = 50;

export function JournalSection({ name, latest, news, leg, onLeg, whoIs }: JournalSectionProps) {
  const { book, problem, readEarlier } = useJournal(name, latest, news);
  const [most, setMost] = useState(SHOWN);
  const read = book?.entries ?? [];
  const legs = [...new Set(read.flatMap((entry) => entry.leg ?? []))].toReversed();
  const matching = read.filter((entry) => leg === null || entry.leg === leg);
  const shown = matching.slice(-most).toReversed();
  const hasMore = matching.length > most || (book?.from ?? 0) > 0;

  async function earlier(): Promise<void> {
    if (matching.length <= most) await readEarlier();
    setMost(most + SHOWN);
  }

  return (
    <section aria-labelledby="journal" aria-busy={book === null}>
      <div class="section-head">
        <h2 id="journal" tabIndex={-1}>
          Journal
        </h2>
        <label class="inline">
          Leg
          <select value={leg ?? ""} onChange={(event) => onLeg(event.currentTarget.value || null)}>
            <option value="">All</option>
            {[...new Set([...(leg === null ? [] : [leg]), ...legs])].map((one) => (
              <option key={one} value={one}>
                {whoIs(one)} ({cut(one, 4)})
              </option>
            ))}
          </select>
        </label>
      </div>
      <ErrorMessage problem={problem} />
      {book !== null && shown.length === 0 && (
        <p class="nothing">{leg === null ? "Nothing was received yet." : "Nothing of this leg."}</p>
      )}
      <ol class="journal">
        {shown.map((entry) => (
          <Entry
            key={entry.seq}
            name={name}
            entry={entry}
            who={entry.leg === null ? "" : whoIs(entry.leg)}
          />
        ))}
      </ol>
      {hasMore && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            void earlier();
          }}
        >
          Earlier entries
        </button>
      )}
    </section>
  );
}

interface EntryProps {
  name: string;
  entry: LiveEntry;
  who: string;
}

function Entry({ name, entry, who }: EntryProps) {
  // Memoized: an entry never changes, and new ones may come ten times a second.
  return useMemo(() => <Line {...{ name, entry, who }} />, [name, entry, who]);
}

function Line({ name, entry, who }: EntryProps) {
  const { seq, kind, status, receivedAt, outcome } = entry;
  const [body, setBody] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function read(): Promise<void> {
    const answer = await readEntry(name, seq);
    setProblem(answer.ok ? null : answer.error);
    const found = answer.ok ? answer.value.events.find((one) => one.seq === seq) : undefined;
    if (found !== undefined) setBody(JSON.stringify(found.body, null, 2));
  }

  return (
    <li>
      <details
        onToggle={({ currentTarget }) => {
          if (currentTarget.open && body === null) void read();
        }}
      >
        <summary>
          <time dateTime={receivedAt}>{momentOf(Date.parse(receivedAt), now())}</time>
          <span class="journal-what">
            <strong>{status ?? kind}</strong>
            {status !== null && ` ${kind}`}
            {outcome === "ignored" && <em> changes nothing</em>}
          </span>
          <span class="journal-who">{who}</span>
        </summary>
        <ErrorMessage problem={problem} />
        {body !== null && <pre>{body}</pre>}
      </details>
    </li>
  );
}
