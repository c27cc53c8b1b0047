/** The recordings of a conference, to download. Only for operators, since a recording tells more than who was there. */
import { useEffect, useState } from "preact/hooks";
import type { RecordingView } from "../../contract/conference-view.ts";
import { ErrorMessage } from "../components/error-message.tsx";
import { SaveButton } from "../components/save-button.tsx";
import { conferencePath, get, type Problem } from "../shell/api.ts";
import { now } from "../shell/clock.ts";
import { permissionNote } from "../shell/permissions.ts";
import { useSession } from "../shell/session.ts";
import { lengthOf, momentOf } from "../shell/times.ts";

interface RecordingSectionProps {
  conference: string;
  /** Changes whenever there may be another recording. */
  news: string;
}

export function RecordingSection({ conference, news }: RecordingSectionProps) {
  const [recordings, setRecordings] = useState<readonly RecordingView[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const session = useSession();
  const isViewer = session.role === "viewer";
  const note = permissionNote(session, "carrier");
  const path = `${conferencePath(conference)}/recordings`;

  useEffect(() => {
    if (isViewer) return;
    const gone = new AbortController();
    const read = async (): Promise<void> => {
      const answer = await get<{ recordings: RecordingView[] }>(path, gone.signal);
      if (gone.signal.aborted) return;
      setProblem(answer.ok ? null : answer.error);
      if (answer.ok) setRecordings(answer.value.recordings);
    };
    void read();
    return () => gone.abort();
  }, [path, isViewer, news]);

  return (
    <section aria-labelledby="recordings">
      <h2 id="recordings">Recordings</h2>
      {isViewer && <p class="nothing">Only operators get recordings.</p>}
      <ErrorMessage problem={problem} />
      {recordings?.length === 0 && <p class="nothing">None.</p>}
      <ul class="recordings">
        {(recordings ?? []).map((one) => (
          <li key={one.id}>
            <span>
              {one.startedAt === null ? (
                "At an unknown time"
              ) : (
                <time dateTime={one.startedAt}>{momentOf(Date.parse(one.startedAt), now())}</time>
              )}
              <small>{partsOf(one)}</small>
            </span>
            {note === null ? (
              <span class="acts">
                <SaveButton name="Save audio" path={`${path}/${one.id}`} />
                {one.transcribed && (
                  <SaveButton name="Save transcription" path={`${path}/${one.id}/transcription`} />
                )}
              </span>
            ) : (
              <small class="permission-note">{note}</small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function partsOf({ seconds, size }: RecordingView): string {
  const length = seconds === null ? [] : [lengthOf(seconds * 1_000)];
  const bytes = size === null ? [] : [`${Math.ceil(size / 1_024)} KiB`];
  return [...length, ...bytes].join(", ");
}
