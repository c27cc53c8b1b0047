/** One number: its line, and what its callers hear. */
import { useEffect, useState } from "preact/hooks";
import { Badge } from "../components/badge.tsx";
import { ErrorMessage } from "../components/error-message.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { get, type Problem } from "../shell/api.ts";
import { hrefOf } from "../shell/route.ts";
import { useSession } from "../shell/session.ts";
import { linePath, type LineAnswer } from "./editor/line-answers.ts";
import { factsOf } from "./line-facts.ts";
import { LineEditor } from "./editor/line-editor.tsx";
import { writtenNumber } from "./line-number.ts";
import { LineReading } from "./editor/line-reading.tsx";

/** After a save, the saved text is shown: KV may return the old one for a while. */
interface Loaded {
  answer: LineAnswer;
  /** The text of this number's own line; null where it has none, or for a viewer. */
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
          <span class="badges">
            {factsOf(loaded.answer).map((fact) => (
              <Badge key={fact.text} {...fact} />
            ))}
          </span>
        )}
      </div>
      <ErrorMessage problem={problem} />
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
