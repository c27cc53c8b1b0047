/** A dialogue with a form in it, which stays open until what it asks for was done. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Answer, Problem } from "../shell/api.ts";
import { tellFailed } from "./toasts.tsx";
import { Refusal } from "./error-message.tsx";

interface FormDialogProps<T> {
  title: string;
  /** The text on the button that does it. */
  verb: string;
  /** Whether it does what cannot be undone. */
  grave?: boolean;
  submit: () => Promise<Answer<T>>;
  onDone: (value: T) => void;
  /** It was closed, done or not. */
  onClose: () => void;
  children: ComponentChildren;
}

export function FormDialog<T>(props: FormDialogProps<T>) {
  const { title, verb, grave = false, submit, onDone, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  // Shown so, the browser keeps the focus in it, closes it with Escape, and gives the focus back afterwards.
  useEffect(() => dialog.current?.showModal(), []);

  async function run(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await submit();
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      // Whoever has closed it meanwhile must still hear of it.
      if (dialog.current?.open !== true) tellFailed(title, answer.error);
      return;
    }
    dialog.current?.close();
    onDone(answer.value);
  }

  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <article>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void run();
          }}
        >
          <h2 id={id}>{title}</h2>
          {children}
          <Refusal problem={problem} />
          <footer>
            <button type="button" class="secondary outline" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" class={grave ? "grave" : ""} aria-busy={busy}>
              {verb}
            </button>
          </footer>
        </form>
      </article>
    </dialog>
  );
}
