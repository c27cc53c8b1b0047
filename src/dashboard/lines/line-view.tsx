/** One number: what its callers hear, and the line that says so. */
import { useEffect, useState } from "preact/hooks";
import { Mark } from "../components/badge.tsx";
import { Refusal } from "../components/error-message.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { get, type Problem } from "../shell/api.ts";
import { hrefOf } from "../shell/route.ts";
import { useSession } from "../shell/session.ts";
import { linePath, type LineAnswer } from "./editor/line-answers.ts";
import { factsOf } from "./line-facts.ts";
import { LineEditor } from "./editor/line-editor.tsx";
import { writtenNumber } from "./line-number.ts";
import { LineReading } from "./editor/line-reading.tsx";

/** What was written is what counts: KV may give for a while what was there before. */
interface Loaded {
  answer: LineAnswer;
  /** The text of this very number's line; null where it has none, or where one may not see it. */
  stored: string | null;
}

export function LineView({ number }: { number: string }) {
  const { role } = useSession();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    const asking = new AbortController();
    void load(asking.signal);
    return () => asking.abort();

    async function load(signal: AbortSignal): Promise<void> {
      const [answer, value] = await Promise.all([
        get<LineAnswer>(linePath(number), signal),
        role === "operator" ? get<string>(`${linePath(number)}/value`, signal) : null,
      ]);
      if (signal.aborted) return;
      const stored = value?.ok === true ? value.value : null;
      if (!answer.ok) setProblem(answer.error);
      else if (value?.ok === false && value.error.status !== 404) setProblem(value.error);
      else setLoaded({ answer: answer.value, stored });
    }
  }, [number, role]);

  return (
    <>
      <p class="trail">
        <a href={hrefOf({ view: "lines", number: null })}>All lines</a>
      </p>
      <div class="view-head">
        <ViewTitle
          title={number === "*" ? "Every other number" : `Line ${writtenNumber(number)}`}
        />
        {loaded !== null && loaded.answer.key !== null && (
          <span class="marks">
            {factsOf(loaded.answer).map((fact) => (
              <Mark key={fact.text} {...fact} />
            ))}
          </span>
        )}
      </div>
      <Refusal problem={problem} />
      {loaded !== null &&
        (role === "operator" ? (
          <LineEditor
            number={number}
            {...loaded}
            onSaved={(answer, stored) => setLoaded({ answer, stored })}
          />
        ) : (
          <LineReading answer={loaded.answer} />
        ))}
    </>
  );
}
