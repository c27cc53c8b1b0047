/** A line as a viewer sees it. */
import { PermissionNotes } from "../../components/act-button.tsx";
import { DEFAULT_LINE } from "../../../vonage/numbers.ts";
import { CallerHears } from "../caller-hears.tsx";
import type { LineAnswer } from "./line-answers.ts";

export function LineReading({ answer }: { answer: LineAnswer }) {
  const { value, problems, ncco } = answer;
  return (
    <div class="columns">
      <section aria-labelledby="the-line">
        <h2 id="the-line">The line</h2>
        <ServedBy answer={answer} />
        {value !== null && (
          <pre>
            <code>{value}</code>
          </pre>
        )}
        {problems.length > 0 && (
          <ul class="wrong">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        <PermissionNotes />
      </section>
      <section aria-labelledby="heard">
        <h2 id="heard">What a caller hears</h2>
        <CallerHears ncco={ncco} />
      </section>
    </div>
  );
}

/** Says which entry serves a number that has none of its own. */
export function ServedBy({ answer: { number, key } }: { answer: LineAnswer }) {
  if (key === null) return <p>There is no line for it, and none for every other number.</p>;
  if (key !== DEFAULT_LINE || number === DEFAULT_LINE) return null;
  return <p>It has no line of its own: the line of every other number serves it.</p>;
}
