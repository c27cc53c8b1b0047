/** A conference in the list of those that are live. */
import type { ConferenceSummary } from "../../contract/directory-view.ts";
import { Badge } from "../components/badge.tsx";
import { LengthSince } from "../components/time.tsx";
import { useInView } from "../components/use-in-view.ts";
import { hrefOf } from "../shell/route.ts";
import { Sparkline } from "./sparkline.tsx";
import { useCounts } from "./use-counts.ts";

interface ConferenceRowProps {
  conference: ConferenceSummary;
  /** Whether the feed is live. */
  live: boolean;
}

export function ConferenceRow({ conference, live }: ConferenceRowProps) {
  const { name, since, count, arriving, moderators } = conference;
  const [row, inView] = useInView<HTMLTableRowElement>();
  const { steps } = useCounts(name, 60, live && inView, conference);
  return (
    <tr ref={row} role="row">
      <th scope="row" role="rowheader">
        <a href={hrefOf({ view: "conference", name })}>{name}</a>
        <Badges {...conference} />
      </th>
      <td role="cell" class="figure">
        <span class="count">{count ?? "?"}</span>
        <span class="beside">
          {count === null && "not known"}
          {(arriving ?? 0) > 0 && `+ ${arriving} arriving`}
        </span>
      </td>
      <td role="cell">
        <Sparkline steps={steps} />
      </td>
      <td role="cell" class="number">
        <LengthSince since={since} />
      </td>
      <td role="cell" class="number wide-only">
        {moderators ?? "?"}
      </td>
    </tr>
  );
}

function Badges({ count, confirmed, started, locked, split }: ConferenceSummary) {
  const unconfirmed = (count ?? 0) - (confirmed ?? count ?? 0);
  return (
    <span class="badges">
      {split === true && (
        <Badge
          icon="split"
          text="Split"
          tone="bad"
          title="The carrier runs the room in two places, whose halves cannot hear each other."
        />
      )}
      {locked === true && <Badge icon="lock" text="Locked" title="New guests are turned away." />}
      {unconfirmed > 0 && (
        <Badge
          icon="question"
          text={`${unconfirmed} unconfirmed`}
          tone="warn"
          title="The carrier has not said that they were moved into the room."
        />
      )}
      {started === false && (count ?? 0) > 0 && (
        <Badge icon="wait" text="Waiting" title="Those who are in wait for a moderator." />
      )}
    </span>
  );
}
