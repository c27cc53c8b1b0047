/** Imports lines from a file: a preview with the errors first, then the writing. */
import { useId, useState } from "preact/hooks";
import { fail } from "../../lib/result.ts";
import { FormDialog } from "../components/dialog.tsx";
import { toastDone } from "../components/toasts.tsx";
import { ErrorMessage } from "../components/error-message.tsx";
import { ask, type Answer, type Body, type Problem } from "../shell/api.ts";
import type { ImportReport } from "./editor/line-answers.ts";
import { writtenNumber } from "./line-number.ts";

/** So many errors are shown. */
const FEW = 20;

type Chosen =
  | { kind: "none" }
  | { kind: "reading"; file: File }
  | { kind: "right"; body: Body; report: ImportReport }
  | { kind: "wrong"; problem: Problem };

/** The request body. */
const MOST_BYTES = 1_048_576;

const TOO_LARGE: Problem = {
  status: 0,
  detail: "The file is larger than 1 MiB. Split it into smaller ones.",
  errors: [],
};
const UNREADABLE: Problem = {
  status: 0,
  detail: "The browser cannot read the file. Choose it again.",
  errors: [],
};
const NOTHING_YET: Problem = {
  status: 0,
  detail: "Choose a file first in which everything is right.",
  errors: [],
};

export function ImportDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen>({ kind: "none" });
  const hint = useId();

  async function choose(file: File | undefined): Promise<void> {
    if (file === undefined) {
      setChosen({ kind: "none" });
      return;
    }
    setChosen({ kind: "reading", file });
    const result = await checked(file);
    // Another file may have been chosen in the meantime. Only the shown one may be written.
    setChosen((now) => (now.kind === "reading" && now.file === file ? result : now));
  }

  async function write(): Promise<Answer<ImportReport>> {
    if (chosen.kind !== "right") return fail(NOTHING_YET);
    return await ask<ImportReport>("POST", "/lines", { body: chosen.body });
  }

  return (
    <FormDialog
      title="Import lines"
      verb="Import"
      submit={write}
      onDone={({ written, note }) => {
        toastDone(`${written === 1 ? "1 line" : `${written} lines`} written. ${note}`);
        onDone();
      }}
      onClose={onClose}
    >
      <div class="field">
        <label>
          File
          <input
            type="file"
            accept=".json,.csv,application/json,text/csv"
            aria-describedby={hint}
            onChange={({ currentTarget }) => {
              void choose(currentTarget.files?.[0]);
            }}
          />
        </label>
        <small id={hint}>
          JSON or CSV, as the export makes it. Lines are added and replaced; none is deleted.
        </small>
      </div>
      <div role="status" aria-label="What would be written" aria-busy={chosen.kind === "reading"}>
        {chosen.kind === "reading" && <p>Checking …</p>}
        {chosen.kind === "right" && <Plan lines={chosen.report.lines} />}
      </div>
      <ErrorMessage problem={chosen.kind === "wrong" ? chosen.problem : null} />
    </FormDialog>
  );
}

async function checked(file: File): Promise<Chosen> {
  if (file.size > MOST_BYTES) return { kind: "wrong", problem: TOO_LARGE };
  const type = /\.json$/i.test(file.name) ? "application/json" : "text/csv";
  const content = await file.text().catch(() => null);
  if (content === null) return { kind: "wrong", problem: UNREADABLE };
  const body = { content, type };
  const answer = await ask<ImportReport>("POST", "/lines?dryRun=true", { body });
  return answer.ok
    ? { kind: "right", body, report: answer.value }
    : { kind: "wrong", problem: answer.error };
}

function Plan({ lines }: { lines: readonly string[] }) {
  const others = lines.length - FEW;
  return (
    <>
      <p>
        Everything is right. {lines.length === 1 ? "1 line" : `${lines.length} lines`} would be
        written:
      </p>
      <ul class="plan">
        {lines.slice(0, FEW).map((number) => (
          <li key={number}>{writtenNumber(number)}</li>
        ))}
        {others > 0 && <li>and {others} more</li>}
      </ul>
    </>
  );
}
