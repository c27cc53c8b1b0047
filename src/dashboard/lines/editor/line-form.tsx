/** Edits the text of a line, while the Worker checks it. */
import { useState } from "preact/hooks";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { toastDone } from "../../components/toasts.tsx";
import { ErrorMessage } from "../../components/error-message.tsx";
import { ask, type Problem } from "../../shell/api.ts";
import { linePath, type WrittenLine } from "./line-answers.ts";
import { LineKeys } from "./line-keys.tsx";
import { asJson, asName, isName } from "./line-text.ts";
import { textBody, type Checked } from "./use-check.ts";

interface LineFormProps {
  number: string;
  text: string;
  onText: (text: string) => void;
  /** Whether the text differs from the stored one. */
  changed: boolean;
  checked: Checked;
  onSaved: (line: WrittenLine) => void;
}

export function LineForm(props: LineFormProps) {
  const { number, text, onText, changed, checked, onSaved } = props;
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);

  async function save(): Promise<void> {
    setBusy(true);
    const answer = await ask<WrittenLine>("PUT", linePath(number), { body: textBody(text) });
    setBusy(false);
    setRefused(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    toastDone(answer.value.note);
    onSaved(answer.value);
  }

  function change(to: string): void {
    setRefused(null);
    onText(to);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <Ways text={text} onText={change} />
      {isName(text) ? (
        <Field
          label="Conference"
          autoComplete="off"
          spellcheck={false}
          required
          value={text}
          onInput={change}
          hint="The room’s name: letters, digits, dots, underscores and hyphens. Whoever calls opens it."
        />
      ) : (
        <Field
          label="Line as JSON"
          rows={Math.min(24, Math.max(6, text.split("\n").length + 1))}
          autoComplete="off"
          spellcheck={false}
          value={text}
          onInput={change}
        />
      )}
      <Verdict checked={checked} changed={changed} />
      <ErrorMessage problem={isSaid(refused, checked) ? null : refused} />
      <div class="buttons">
        <button type="submit" aria-busy={busy}>
          Save line
        </button>
      </div>
      {!isName(text) && <LineKeys />}
    </form>
  );
}

/** Whether the error is shown above already. */
function isSaid(refused: Problem | null, { check }: Checked): boolean {
  return refused?.status === 422 && check.kind === "wrong";
}

/** Switches between the two notations of a line. */
function Ways({ text, onText }: Pick<LineFormProps, "text" | "onText">) {
  const name = asName(text);
  return (
    <fieldset class="ways">
      <legend>Written as</legend>
      <label>
        <input
          type="radio"
          name="way"
          checked={isName(text)}
          disabled={name === null}
          aria-describedby={name === null ? "way-why" : undefined}
          onChange={() => onText(name ?? text)}
        />
        A conference
      </label>
      <label>
        <input
          type="radio"
          name="way"
          checked={!isName(text)}
          onChange={() => onText(asJson(text))}
        />
        JSON, with more options
      </label>
      {name === null && <small id="way-why">It says more than a conference’s name.</small>}
    </fieldset>
  );
}

/** Screen readers announce changes of it when they are idle. */
function Verdict({ checked: { check, stale }, changed }: { checked: Checked; changed: boolean }) {
  return (
    <div
      role="status"
      aria-live="polite"
      aria-label="What the Worker says of it"
      class="verdict"
      aria-busy={stale}
    >
      {stale && <p>Checking …</p>}
      {!stale && check.kind === "wrong" && <Wrong {...check.problem} />}
      {!stale && check.kind === "right" && (
        <p class="right">
          <Icon name="check" />
          {changed ? "Everything is right. It is not saved yet." : "Everything is right."}
        </p>
      )}
    </div>
  );
}

function Wrong({ detail, errors }: Problem) {
  if (errors.length === 0) return <p class="wrong">{detail}</p>;
  return (
    <>
      <p class="wrong">
        <Icon name="alert" />
        {errors.length === 1 ? "1 thing is not right:" : `${errors.length} things are not right:`}
      </p>
      <ul>
        {errors.map((error) => (
          <li key={error}>{error}</li>
        ))}
      </ul>
    </>
  );
}
