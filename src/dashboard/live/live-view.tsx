/** All live conferences, and the latest problems. */
import { useEffect, useState } from "preact/hooks";
import type { ConferenceSummary, ProblemView } from "../../contract/directory-view.ts";
import { applyDirectory } from "../feed/directory-state.ts";
import { FeedBanner, FeedWord } from "../components/feed-banner.tsx";
import { Field } from "../components/field.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { setClock } from "../shell/clock.ts";
import { asPeopleWrite } from "../shell/phone.ts";
import { useFeed } from "../shell/use-feed.ts";
import { ConferenceRow } from "./conference-row.tsx";
import { EndedList } from "./ended-list.tsx";
import { FirstCall, Webhooks } from "./first-call.tsx";
import { KINDS, ProblemList } from "./problem-list.tsx";

export function LiveView() {
  const { state, status, error, retry } = useFeed("/live", applyDirectory);
  const [sought, setSought] = useState("");
  const asOf = state?.asOf;
  useEffect(() => {
    if (asOf !== undefined) setClock(asOf);
  }, [asOf]);

  const live = status.kind === "live";
  const all = [...(state?.conferences.values() ?? [])].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const shown = all.filter((one) => has(one, sought));
  const problems = (state?.problems ?? []).filter((one) => tells(one, sought));
  return (
    <>
      <div class="view-head">
        <ViewTitle title="Live" />
        <FeedWord status={status} />
        <p class="totals">{state !== null && totalsOf(all)}</p>
        <search>
          <Field
            label="Search"
            type="search"
            placeholder="Conference, number, words"
            value={sought}
            onInput={setSought}
          />
        </search>
      </div>
      <FeedBanner status={status} error={error} retry={retry} />
      <div class={live ? "columns" : "columns not-live"}>
        <section aria-labelledby="conferences" aria-busy={state === null}>
          <h2 id="conferences">Conferences</h2>
          {state !== null && all.length === 0 && <FirstCall />}
          {all.length > 0 && shown.length === 0 && (
            <p class="nothing">No live conference has “{sought}” in its name.</p>
          )}
          {shown.length > 0 && <ConferenceTable conferences={shown} live={live} />}
          <EndedList />
          {all.length > 0 && (
            <details class="fold">
              <summary>This Worker’s webhook URLs</summary>
              <Webhooks />
            </details>
          )}
        </section>
        <section aria-labelledby="problems">
          <h2 id="problems">Problems</h2>
          {state !== null && <ProblemList problems={problems} sought={sought.trim() !== ""} />}
        </section>
      </div>
    </>
  );
}

function ConferenceTable(props: { conferences: readonly ConferenceSummary[]; live: boolean }) {
  return (
    <table role="table" class="conferences">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            Name
          </th>
          <th scope="col" role="columnheader">
            People
          </th>
          <th scope="col" role="columnheader">
            Last hour
          </th>
          <th scope="col" role="columnheader" class="number">
            Up for
          </th>
          <th scope="col" role="columnheader" class="number wide-only">
            Moderators
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.conferences.map((one) => (
          <ConferenceRow key={one.name} conference={one} live={props.live} />
        ))}
      </tbody>
    </table>
  );
}

function totalsOf(conferences: readonly ConferenceSummary[]): string {
  if (conferences.length === 0) return "Nobody is in";
  const people = conferences.reduce((sum, { count }) => sum + (count ?? 0), 0);
  const rooms = conferences.length === 1 ? "1 conference" : `${conferences.length} conferences`;
  return `${people === 1 ? "1 person" : `${people} people`} in ${rooms}`;
}

function has({ name }: ConferenceSummary, sought: string): boolean {
  return name.toLowerCase().includes(sought.trim().toLowerCase());
}

/** A number is found both as it is shown and as it is stored. */
function tells({ kind, subject, detail }: ProblemView, sought: string): boolean {
  const text = `${KINDS[kind]} ${subject} ${asPeopleWrite(subject)} ${detail}`.toLowerCase();
  return text.includes(sought.trim().toLowerCase());
}
