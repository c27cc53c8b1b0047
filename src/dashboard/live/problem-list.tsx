/** The latest problems: the first place to look when a caller heard nothing. */
import { useState } from "preact/hooks";
import type { ProblemKind, ProblemView } from "../../contract/directory-view.ts";
import { Badge } from "../components/badge.tsx";
import { Ago } from "../components/time.tsx";
import { asPeopleWrite } from "../shell/phone.ts";
import { hrefOf } from "../shell/route.ts";

export const KINDS: Record<ProblemKind, string> = {
  "unknown-number": "Unknown number",
  "misconfigured-line": "Misconfigured line",
  "webhook-refused": "Webhook refused",
  "webhook-setup": "Webhooks set up wrongly",
  "carrier-error": "Carrier’s error",
  "unrouted-leg": "Unrouted leg",
  "split-room": "Split room",
  "stray-recording": "Stray recording",
  "stray-webhook": "Stray webhook",
};

/** So many are shown at first, and the others on demand. */
const FEW = 12;

/** `sought`: whether the list shows only the results of a search. */
export function ProblemList(props: { problems: readonly ProblemView[]; sought: boolean }) {
  const { problems, sought } = props;
  const [all, setAll] = useState(false);
  if (problems.length === 0) {
    return (
      <p class="nothing">{sought ? "None that matches." : "None that the Worker has noticed."}</p>
    );
  }
  return (
    <>
      <ul class="problems">
        {problems.slice(0, all ? problems.length : FEW).map((problem) => (
          <Problem key={problem.id} {...problem} />
        ))}
      </ul>
      {!all && problems.length > FEW && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {problems.length}
        </button>
      )}
    </>
  );
}

function Problem({ kind, subject, detail, count, lastAt }: ProblemView) {
  return (
    <li>
      <p class="problem-head">
        <Badge icon="alert" text={KINDS[kind]} tone={kind === "split-room" ? "bad" : "warn"} />
        <span class="problem-when">
          {count > 1 && `${count} times, last `}
          <Ago at={lastAt} />
        </span>
      </p>
      <p class="problem-subject">
        <Subject kind={kind} subject={subject} />
      </p>
      <p>{detail}</p>
    </li>
  );
}

function Subject({ kind, subject }: Pick<ProblemView, "kind" | "subject">) {
  switch (kind) {
    case "unknown-number":
    case "misconfigured-line":
      return <a href={hrefOf({ view: "lines", number: subject })}>{asPeopleWrite(subject)}</a>;
    case "split-room":
      return <a href={hrefOf({ view: "conference", name: subject })}>{subject}</a>;
    case "webhook-refused":
    case "webhook-setup":
    case "carrier-error":
    case "unrouted-leg":
    case "stray-recording":
    case "stray-webhook":
      return <code>{subject}</code>;
  }
}
