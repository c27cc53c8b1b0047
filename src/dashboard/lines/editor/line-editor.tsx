/** A line that may be changed, beside what a caller hears of it as it stands there. */
import { useState } from "preact/hooks";
import { tellDone } from "../../components/toasts.tsx";
import { hrefOf } from "../../shell/route.ts";
import { CallerHears } from "../caller-hears.tsx";
import { DeleteDialog } from "../delete-dialog.tsx";
import type { LineAnswer } from "./line-answers.ts";
import { LineForm } from "./line-form.tsx";
import { ServedBy } from "./line-reading.tsx";
import { useCheck } from "./use-check.ts";

/** What was written and not saved, by number: whoever looks something up, or logs in again, finds it where it was. */
const drafts = new Map<string, string>();

interface LineEditorProps {
  /** As it stands in the list: an entry that no call leads to is told apart by it. */
  number: string;
  answer: LineAnswer;
  /** The text of this very number's line; null where it has none. */
  stored: string | null;
  onSaved: (answer: LineAnswer, stored: string) => void;
}

export function LineEditor({ number, answer, stored, onSaved }: LineEditorProps) {
  const [text, setText] = useState(drafts.get(number) ?? stored ?? "");
  const [deleting, setDeleting] = useState(false);
  const checked = useCheck(number, text.trim() === "" ? null : text);
  const changed = text.trim() !== (stored ?? "").trim();
  const wouldBe = changed && checked.check.kind === "right" ? checked.check.line : null;

  function write(next: string): void {
    setText(next);
    drafts.set(number, next);
  }

  return (
    <div class="columns">
      <section aria-labelledby="the-line" class="line-form">
        <h2 id="the-line">{stored === null ? "Give it a line" : "The line"}</h2>
        {stored === null && <ServedBy answer={answer} />}
        {stored !== null && isOutOfUse(number, answer) && (
          <p>
            No call leads to this entry, but to {answer.number}, which saving writes. Delete this
            one.
          </p>
        )}
        <LineForm
          number={number}
          text={text}
          onText={write}
          changed={changed}
          checked={checked}
          onSaved={(line) => {
            drafts.delete(number);
            onSaved({ ...line, key: line.number }, text);
          }}
        />
        {stored !== null && (
          <button type="button" class="grave outline" onClick={() => setDeleting(true)}>
            Delete line …
          </button>
        )}
      </section>
      <section aria-labelledby="heard">
        <h2 id="heard">
          {wouldBe === null ? "What a caller hears" : "What a caller would hear of it"}
          {changed && checked.stale && ", before the last change"}
        </h2>
        <CallerHears ncco={(wouldBe ?? answer).ncco} />
      </section>
      {deleting && (
        <DeleteDialog
          number={number}
          onDone={(note) => {
            drafts.delete(number);
            tellDone(note);
            location.hash = hrefOf({ view: "lines", number: null });
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}

/** Names are looked up in lower case. A number may be written in many ways. */
function isOutOfUse(number: string, answer: LineAnswer): boolean {
  return number !== answer.number && !/^\d+$/.test(answer.number);
}
