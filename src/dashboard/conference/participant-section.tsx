/** The participants, with the commands for each. */
import { useRef, useState } from "preact/hooks";
import type { ParticipantView } from "../../contract/conference-view.ts";
import { FormDialog } from "../components/dialog.tsx";
import { Tick } from "../components/field.tsx";
import { toastDone } from "../components/toasts.tsx";
import { conferencePath, order } from "../shell/api.ts";
import { callerOf } from "../shell/phone.ts";
import { GoneList } from "./gone-list.tsx";
import { legWords, type LegAnswer } from "./orders.ts";
import { ParticipantRow } from "./participant-row.tsx";

interface ParticipantSectionProps {
  conference: string;
  /** Null until it is known. */
  participants: readonly ParticipantView[] | null;
  onJournal: (leg: string) => void;
}

export function ParticipantSection({
  conference,
  participants,
  onJournal,
}: ParticipantSectionProps) {
  const [leaving, setLeaving] = useState<ParticipantView | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section aria-labelledby="participants">
      <h2 id="participants" ref={heading} tabIndex={-1}>
        Participants
      </h2>
      {participants === null ? (
        <p class="nothing">Who is in is not known yet.</p>
      ) : participants.length === 0 ? (
        <p class="nothing">Nobody is in.</p>
      ) : (
        <table role="table" class="participants">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                Caller
              </th>
              <th scope="col" role="columnheader" class="number">
                In for
              </th>
              <th scope="col" role="columnheader" class="number">
                Last sign of life
              </th>
              <th scope="col" role="columnheader">
                Actions
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {participants.map((one) => (
              <ParticipantRow
                key={one.leg}
                conference={conference}
                participant={one}
                onHangUp={setLeaving}
                onJournal={onJournal}
              />
            ))}
          </tbody>
        </table>
      )}
      <GoneList conference={conference} />
      {leaving !== null && (
        <HangUpDialog
          conference={conference}
          participant={leaving}
          onClose={() => setLeaving(null)}
          // The button that opened the dialog disappears with its row.
          onDone={() => heading.current?.focus()}
        />
      )}
    </section>
  );
}

function HangUpDialog(props: {
  conference: string;
  participant: ParticipantView;
  onClose: () => void;
  onDone: () => void;
}) {
  const { leg, caller } = props.participant;
  const who = callerOf({ caller, leg });
  const [ban, setBan] = useState(false);
  return (
    <FormDialog<LegAnswer>
      title={`Hang up on ${who}?`}
      verb="Hang up"
      grave
      submit={() => {
        const path = `${conferencePath(props.conference)}/participants/${leg}/hangup`;
        return order(path, ban ? { ban } : {});
      }}
      onDone={(answer) => {
        toastDone(legWords(answer, `Hang up on ${who}`));
        props.onDone();
      }}
      onClose={props.onClose}
    >
      <Tick
        label="Keep this number out until the room has emptied"
        checked={ban}
        onChange={setBan}
      />
    </FormDialog>
  );
}
