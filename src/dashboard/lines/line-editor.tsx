/** A line that may be changed, beside what a caller hears of it as it stands there. */
import { useState } from "preact/hooks";
import { tellDone } from "../parts/notices.tsx";
import { hrefOf } from "../shell/route.ts";
import { CallerHears } from "./caller-hears.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { LineAnswer } from "./line-answers.ts";
import { LineForm } from "./line-form.tsx";
import { ServedBy } from "./line-reading.tsx";
import { useCheck } from "./use-check.ts";

interface LineEditorProps {
  answer: LineAnswer;
  /** The text of this very number's line; null where it has none. */
  stored: string | null;
}

export function LineEditor({ answer, stored }: LineEditorProps) {
  // What was written is what counts: KV may still give what was there before.
  const [kept, setKept] = useState({ text: stored, answer });
  const [text, setText] = useState(stored ?? "");
  const [deleting, setDeleting] = useState(false);
  const { number } = answer;
  const checked = useCheck(number, text.trim() === "" ? null : text);
  const changed = text.trim() !== (kept.text ?? "").trim();
  const wouldBe = changed && checked.check.kind === "right" ? checked.check.line : null;
  return (
    <div class="columns">
      <section aria-labelledby="the-line" class="line-form">
        <h2 id="the-line">{kept.text === null ? "Give it a line" : "The line"}</h2>
        {kept.text === null && <ServedBy answer={kept.answer} />}
        <LineForm
          number={number}
          text={text}
          onText={setText}
          changed={changed}
          checked={checked}
          onSaved={(line) => {
            setKept({ text, answer: { ...line, key: line.number } });
          }}
        />
        {kept.text !== null && (
          <button type="button" class="grave outline" onClick={() => setDeleting(true)}>
            Delete line …
          </button>
        )}
      </section>
      <section aria-labelledby="heard">
        <h2 id="heard">
          {wouldBe === null ? "What a caller hears" : "What a caller would hear of it"}
        </h2>
        <CallerHears ncco={(wouldBe ?? kept.answer).ncco} />
      </section>
      {deleting && (
        <DeleteDialog
          number={number}
          onDone={(note) => {
            tellDone(note);
            location.hash = hrefOf({ view: "lines", number: null });
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
