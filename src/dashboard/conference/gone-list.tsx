/** Those who have left the room, and why. Fetched when the list is opened. */
import { useState } from "preact/hooks";
import type { ConferenceView, ParticipantView } from "../../contract/conference-view.ts";
import { ErrorMessage } from "../components/error-message.tsx";
import { Ago } from "../components/time.tsx";
import { conferencePath, get, type Problem } from "../shell/api.ts";
import { callerOf } from "../shell/phone.ts";
import { lengthOf } from "../shell/times.ts";

const MOST = 100;

export function GoneList({ conference }: { conference: string }) {
  const [gone, setGone] = useState<readonly ParticipantView[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function read(): Promise<void> {
    const path = `${conferencePath(conference)}?gone=true&limit=${MOST}`;
    const answer = await get<ConferenceView>(path);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setGone(answer.value.participants.filter(({ phase }) => phase === "gone"));
  }

  return (
    <details
      class="fold"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void read();
      }}
    >
      <summary>Who has left</summary>
      <ErrorMessage problem={problem} />
      {gone?.length === 0 && <p class="nothing">Nobody yet.</p>}
      <ul class="ended">
        {(gone ?? []).map(({ leg, caller, joinedAt, leftAt, reason }) => (
          <li key={leg}>
            <strong>{callerOf({ caller, leg })}</strong>
            <span>
              {reason ?? "gone"}
              {leftAt !== null && (
                <>
                  {" "}
                  <Ago at={leftAt} />
                </>
              )}
              {joinedAt !== null &&
                leftAt !== null &&
                `, after ${lengthOf(Date.parse(leftAt) - Date.parse(joinedAt))}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
