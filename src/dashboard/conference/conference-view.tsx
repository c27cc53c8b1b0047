/** One conference: its participants, commands, recordings and journal. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { ConferenceView as View } from "../../contract/conference-view.ts";
import { cut } from "../../lib/cut.ts";
import { applyConference, viewOf } from "../feed/conference-state.ts";
import { useCounts } from "../live/use-counts.ts";
import { PermissionNotes } from "../components/act-button.tsx";
import { FeedBanner, FeedWord } from "../components/feed-banner.tsx";
import { Badge } from "../components/badge.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { conferencePath, get } from "../shell/api.ts";
import { setClock } from "../shell/clock.ts";
import { callerOf } from "../shell/phone.ts";
import { hrefOf } from "../shell/route.ts";
import { useFeed } from "../shell/use-feed.ts";
import { Controls } from "./controls.tsx";
import { CountChart } from "./count-chart.tsx";
import { JournalSection } from "./journal-section.tsx";
import { ParticipantSection } from "./participant-section.tsx";
import { RecordingSection } from "./recording-section.tsx";

const SPANS = [
  [60, "1 hour"],
  [360, "6 hours"],
  [1_440, "24 hours"],
] as const;

export function ConferenceView({ name }: { name: string }) {
  const { state, status, error, retry } = useFeed(`${conferencePath(name)}/live`, applyConference);
  const [minutes, setMinutes] = useState(60);
  const [leg, setLeg] = useState<string | null>(null);
  const live = status.kind === "live";
  const view = state === null ? null : viewOf(state);
  const asOf = view?.asOf ?? null;
  const counts = useCounts(name, minutes, live, { asOf, count: view?.count ?? null });
  useEffect(() => {
    if (asOf !== null) setClock(asOf);
  }, [asOf]);

  const callers = useCallers(name, view);
  const entries = state?.entries ?? NO_ENTRIES;
  const recorded = entries.findLast(({ kind }) => kind === "record" || kind === "transcribed");
  // A snapshot empties the list of entries, so entries that came in a gap are not in it.
  const news = `${recorded?.seq ?? 0} ${live}`;

  const showJournal = useCallback((of: string): void => {
    setLeg(of);
    document.getElementById("journal")?.focus();
  }, []);

  return (
    <>
      <nav class="trail" aria-label="Way back">
        <a href={hrefOf({ view: "live" })}>All conferences</a>
      </nav>
      <div class="view-head">
        <ViewTitle title={name} />
        <FeedWord status={status} />
        {view !== null && <Totals {...view} />}
        {view !== null && (
          <Controls conference={name} locked={view.locked} people={view.count + view.arriving} />
        )}
      </div>
      <PermissionNotes />
      <FeedBanner status={status} error={error} retry={retry} />
      <div class={live ? "stack" : "stack not-live"} aria-busy={view === null}>
        <ParticipantSection
          conference={name}
          participants={view?.participants ?? null}
          onJournal={showJournal}
        />
        <section aria-labelledby="count">
          <div class="section-head">
            <h2 id="count">Count over time</h2>
            <label class="inline">
              Last
              <select
                value={String(minutes)}
                onChange={(event) => setMinutes(Number(event.currentTarget.value))}
              >
                {SPANS.map(([value, text]) => (
                  <option key={value} value={String(value)}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <CountChart {...counts} minutes={minutes} />
        </section>
        <RecordingSection conference={name} news={news} />
        <JournalSection
          name={name}
          latest={state?.journal ?? null}
          news={entries}
          leg={leg}
          onLeg={setLeg}
          whoIs={(one) => callers.get(one) ?? `Leg ${cut(one, 8)}`}
        />
      </div>
    </>
  );
}

const NO_ENTRIES: readonly never[] = [];

/** The name of each leg that is or was recently here. */
function useCallers(name: string, view: View | null): ReadonlyMap<string, string> {
  const [callers] = useState(() => new Map<string, string>());
  const [, draw] = useState(0);
  const learn = ({ participants }: View): void => {
    for (const { leg, caller } of participants) callers.set(leg, callerOf({ caller, leg }));
  };
  useEffect(() => {
    void get<View>(`${conferencePath(name)}?gone=true`).then((answer) => {
      if (answer.ok) learn(answer.value);
      return draw(1);
    });
    // oxlint-disable-next-line react/exhaustive-deps -- once for each conference
  }, [name]);
  if (view !== null) learn(view);
  return callers;
}

function Totals({ count, confirmed, arriving, started, locked, split, endsAt }: View) {
  return (
    <p class="totals">
      <strong>{count}</strong> in
      {count > confirmed && `, ${count - confirmed} unconfirmed`}
      {arriving > 0 && `, ${arriving} arriving`}
      <span class="badges">
        {split && (
          <Badge
            icon="split"
            text="Split"
            tone="bad"
            title="The carrier runs the room in two places, whose halves cannot hear each other."
          />
        )}
        {locked && <Badge icon="lock" text="Locked" title="New guests are turned away." />}
        {!started && count > 0 && (
          <Badge icon="wait" text="Waiting" title="Those who are in wait for a moderator." />
        )}
        {endsAt !== null && <Badge icon="wait" text="About to end" tone="warn" />}
      </span>
    </p>
  );
}
