/** A button that downloads a file from the Worker, or says why it cannot. */
import { useState } from "preact/hooks";
import { save } from "../shell/api.ts";
import { toastFailed } from "./toasts.tsx";

/** `path`: the part after `/api`. */
export function SaveButton({ name, path }: { name: string; path: string }) {
  const [busy, setBusy] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    const problem = await save(path);
    setBusy(false);
    if (problem !== null) toastFailed(name, problem);
  }

  return (
    <button
      type="button"
      class="secondary outline"
      aria-busy={busy}
      onClick={() => {
        if (!busy) void run();
      }}
    >
      {name}
    </button>
  );
}
