/** Conferences that have ended, with links to their journals. Fetched when the list is opened. */
import { useState } from "preact/hooks";
import type { ConferenceSummary } from "../../contract/directory-view.ts";
import { ErrorMessage } from "../components/error-message.tsx";
import { Ago } from "../components/time.tsx";
import { get, type Problem } from "../shell/api.ts";
import { hrefOf } from "../shell/route.ts";
import { lengthOf } from "../shell/times.ts";

interface Page {
  conferences: ConferenceSummary[];
  next: string | null;
}

const PAGE = 50;

export function EndedList() {
  const [ended, setEnded] = useState<readonly ConferenceSummary[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);

  async function more(after: string | null): Promise<void> {
    if (busy) return;
    setBusy(true);
    const from = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const answer = await get<Page>(`/conferences?all=true&limit=${PAGE}${from}`);
    setBusy(false);
    setAsked(true);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    const page = answer.value.conferences.filter(({ live }) => !live);
    setEnded((known) => (after === null ? page : [...known, ...page]));
    setNext(answer.value.next);
  }

  return (
    <details
      class="fold"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void more(null);
      }}
    >
      <summary>Conferences that have ended</summary>
      <ErrorMessage problem={problem} />
      {asked && ended.length === 0 && problem === null && <p class="nothing">None yet.</p>}
      <ul class="ended">
        {ended.map(({ name, since, endedAt }) => (
          <li key={name}>
            <a href={hrefOf({ view: "conference", name })}>{name}</a>
            {endedAt !== null && (
              <span>
                <Ago at={endedAt} />, after {lengthOf(Date.parse(endedAt) - Date.parse(since))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {next !== null && (
        <button
          type="button"
          class="quiet"
          aria-busy={busy}
          onClick={() => {
            void more(next);
          }}
        >
          More
        </button>
      )}
    </details>
  );
}
