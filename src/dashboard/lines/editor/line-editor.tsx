/** A line as an operator edits it, beside what a caller would hear of the edited text. */
import { useState } from "preact/hooks";
import { toastDone } from "../../components/toasts.tsx";
import { hrefOf } from "../../shell/route.ts";
import { CallerHears } from "../caller-hears.tsx";
import { DeleteDialog } from "../delete-dialog.tsx";
import type { LineAnswer } from "./line-answers.ts";
import { LineForm } from "./line-form.tsx";
import { ServedBy } from "./line-reading.tsx";
import { useCheck } from "./use-check.ts";

/** Unsaved texts by number, so that they are still there after a look at another view or a new login. */
const drafts = new Map<string, string>();

interface LineEditorProps {
  /** The key as it is in KV, which tells an entry that no call can reach from others. */
  number: string;
  answer: LineAnswer;
  /** The text of this number's own line; null where it has none. */
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
            toastDone(note);
            location.hash = hrefOf({ view: "lines", number: null });
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}

/** Whether no call leads to this entry: names are looked up in lower case. A number may be written in many ways. */
function isOutOfUse(number: string, answer: LineAnswer): boolean {
  return number !== answer.number && !/^\d+$/.test(answer.number);
}
