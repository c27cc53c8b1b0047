/** A dialog with a form, which stays open until the form was submitted successfully. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Answer, Problem } from "../shell/api.ts";
import { toastFailed } from "./toasts.tsx";
import { ErrorMessage } from "./error-message.tsx";

interface FormDialogProps<T> {
  title: string;
  /** The text on the submit button. */
  verb: string;
  /** Whether the action cannot be undone. */
  grave?: boolean;
  submit: () => Promise<Answer<T>>;
  onDone: (value: T) => void;
  /** Called when the dialog is closed, submitted or not. */
  onClose: () => void;
  children: ComponentChildren;
}

export function FormDialog<T>(props: FormDialogProps<T>) {
  const { title, verb, grave = false, submit, onDone, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  // With `showModal`, the browser keeps the focus inside, closes the dialog with Escape, and restores the focus.
  useEffect(() => dialog.current?.showModal(), []);

  async function run(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await submit();
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error);
      // If the dialog was closed in the meantime, show the error as a toast.
      if (dialog.current?.open !== true) toastFailed(title, answer.error);
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
          <ErrorMessage problem={problem} />
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
