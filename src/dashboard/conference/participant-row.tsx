/** A participant who has not left. */
import { useMemo } from "preact/hooks";
import type { ParticipantView } from "../../contract/conference-view.ts";
import { ActButton, OpenButton } from "../components/act-button.tsx";
import { Badge } from "../components/badge.tsx";
import { Ago, LengthSince } from "../components/time.tsx";
import { conferencePath, order } from "../shell/api.ts";
import { asPeopleWrite, callerOf } from "../shell/phone.ts";
import { hrefOf } from "../shell/route.ts";
import { legWords, type LegAnswer } from "./orders.ts";

interface ParticipantRowProps {
  conference: string;
  participant: ParticipantView;
  onHangUp: (participant: ParticipantView) => void;
  onJournal: (leg: string) => void;
}

export function ParticipantRow(props: ParticipantRowProps) {
  const { conference, participant, onHangUp, onJournal } = props;
  // Memoized: ten messages a second may come, and in a room of fifty each changes only a few rows.
  return useMemo(
    () => <Row {...{ conference, participant, onHangUp, onJournal }} />,
    [conference, participant, onHangUp, onJournal],
  );
}

function Row({ conference, participant, ...on }: ParticipantRowProps) {
  const { leg, caller, line, muted, earmuffed, joinedAt, answeredAt, lastSignAt } = participant;
  const who = callerOf({ caller, leg });
  const since = joinedAt ?? answeredAt;
  const button = (text: string, action: string) => (
    <ActButton<LegAnswer>
      name={`${text} ${who}`}
      need="carrier"
      act={() => order(`${conferencePath(conference)}/participants/${leg}/${action}`)}
      done={(answer) => legWords(answer, `${text} ${who}`)}
    >
      {text}
    </ActButton>
  );
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <span class="who">{who}</span>
        <Badges {...participant} />
        {line !== null && (
          <span class="via">
            on line <a href={hrefOf({ view: "lines", number: line })}>{asPeopleWrite(line)}</a>
          </span>
        )}
      </th>
      <td role="cell" class="number" data-label="In for">
        {since === null ? "–" : <LengthSince since={since} />}
      </td>
      <td role="cell" class="number" data-label="Last sign of life">
        {lastSignAt === null ? "–" : <Ago at={lastSignAt} />}
      </td>
      <td role="cell">
        <div class="acts">
          {muted ? button("Unmute", "unmute") : button("Mute", "mute")}
          {earmuffed ? button("Unearmuff", "unearmuff") : button("Earmuff", "earmuff")}
          <OpenButton
            name={`Hang up on ${who}`}
            need="carrier"
            class="grave outline"
            onClick={() => on.onHangUp(participant)}
          >
            Hang up
          </OpenButton>
          <button
            type="button"
            class="quiet"
            aria-label={`Journal of ${who}`}
            onClick={() => on.onJournal(leg)}
          >
            Journal
          </button>
        </div>
      </td>
    </tr>
  );
}

function Badges(participant: ParticipantView) {
  const { role, phase, joinConfirmed, admission, muted, earmuffed, reason } = participant;
  return (
    <span class="badges">
      {role === "moderator" && <Badge icon="star" text="Moderator" />}
      {muted && <Badge icon="microphone" text="Muted" title="The others cannot hear them." />}
      {earmuffed && <Badge icon="ear" text="Earmuffed" title="They cannot hear the others." />}
      {phase === "arriving" && (
        <Badge
          icon="wait"
          text="Arriving"
          title="Was answered, and still listens to the greeting."
        />
      )}
      {phase === "expected" && <Badge icon="wait" text="Expected" title="Was not answered yet." />}
      {phase === "away" && (
        <Badge icon="split" text="Elsewhere" tone="warn" title="Was transferred out of the room." />
      )}
      {phase === "refused" && (
        <Badge icon="hangup" text={`Not let in: ${reason ?? "refused"}`} tone="warn" />
      )}
      {phase === "in" && !joinConfirmed && (
        <Badge
          icon="question"
          text="Unconfirmed"
          tone="warn"
          title="The carrier has not said that they were moved into the room."
        />
      )}
      {admission === "unchecked" && (
        <Badge
          icon="question"
          text="Unchecked"
          tone="warn"
          title="Was let in before the conference could be asked."
        />
      )}
      {admission === "unadmitted" && (
        <Badge
          icon="question"
          text="Unadmitted"
          tone="warn"
          title="Came into the room without an answer of this bridge, from another program for example."
        />
      )}
    </span>
  );
}
