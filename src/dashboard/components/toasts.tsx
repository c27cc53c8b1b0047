/** The result of a command, in one line at the foot of the page. Screen readers announce it when they are idle. */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../shell/api.ts";
import { Icon } from "./icon.tsx";

interface Toast {
  tone: "done" | "failed";
  text: string;
}

/** A success disappears after this. A failure stays until it is dismissed. */
const DONE_MS = 8_000;

let show: (next: (shown: Toast | null) => Toast | null) => void = () => undefined;

/** Does not replace a failure, which may not have been read yet. */
export function toastDone(text: string): void {
  show((shown) => (shown?.tone === "failed" ? shown : { tone: "done", text }));
}

/** `what`: the command that failed, such as “Mute +44 7700 900123”. */
export function toastFailed(what: string, { detail, errors }: Problem): void {
  const text = [`${what}: ${detail}`, ...errors].join(" ");
  show((shown) => ({
    tone: "failed",
    text: shown?.tone === "failed" ? `${shown.text} ${text}` : text,
  }));
}

export function Toasts() {
  const [toast, setToast] = useState<Toast | null>(null);
  useEffect(() => {
    show = setToast;
  }, []);
  useEffect(() => {
    if (toast?.tone !== "done") return;
    const timer = setTimeout(() => setToast(null), DONE_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div role="status" aria-live="polite" aria-label="What was done" class="toasts">
      {toast !== null && (
        <div class={`toast toast-${toast.tone}`}>
          <Icon name={toast.tone === "done" ? "check" : "alert"} />
          <p>
            {toast.tone === "failed" && <strong>Not done. </strong>}
            {toast.text}
          </p>
          <button type="button" class="quiet" onClick={() => setToast(null)}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
