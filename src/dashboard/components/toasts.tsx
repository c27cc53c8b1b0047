/** What became of what somebody asked for: one line at the foot of the page, read out when there is time. */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../shell/api.ts";
import { Icon } from "./icon.tsx";

interface Notice {
  tone: "done" | "failed";
  text: string;
}

/** What was done needs no answer; what was not stays until somebody has read it. */
const DONE_MS = 8_000;

let show: (next: (shown: Notice | null) => Notice | null) => void = () => undefined;

/** What was not done, and nobody has read yet, is not covered up. */
export function tellDone(text: string): void {
  show((shown) => (shown?.tone === "failed" ? shown : { tone: "done", text }));
}

/** `what`: what was tried, such as “Mute +44 7700 900123”. */
export function tellFailed(what: string, { detail, errors }: Problem): void {
  const text = [`${what}: ${detail}`, ...errors].join(" ");
  show((shown) => ({
    tone: "failed",
    text: shown?.tone === "failed" ? `${shown.text} ${text}` : text,
  }));
}

export function Notices() {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    show = setNotice;
  }, []);
  useEffect(() => {
    if (notice?.tone !== "done") return;
    const timer = setTimeout(() => setNotice(null), DONE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div role="status" aria-live="polite" aria-label="What was done" class="notices">
      {notice !== null && (
        <div class={`notice notice-${notice.tone}`}>
          <Icon name={notice.tone === "done" ? "check" : "alert"} />
          <p>
            {notice.tone === "failed" && <strong>Not done. </strong>}
            {notice.text}
          </p>
          <button type="button" class="quiet" onClick={() => setNotice(null)}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
