/** A file of the Worker's to be saved, with words where it cannot be. */
import { useState } from "preact/hooks";
import { save } from "../shell/api.ts";
import { tellFailed } from "./toasts.tsx";

/** `path`: behind `/api`. */
export function SaveButton({ name, path }: { name: string; path: string }) {
  const [busy, setBusy] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    const problem = await save(path);
    setBusy(false);
    if (problem !== null) tellFailed(name, problem);
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
