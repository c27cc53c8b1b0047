/** An input with a label, a hint and an error message. */
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** A sentence on what to write. */
  hint?: string;
  /** The present error; null if there is none. */
  error?: string | null;
  type?: "text" | "password" | "search";
  /** More than one makes it a text area of so many lines. */
  rows?: number;
  required?: boolean;
  maxLength?: number;
  autoComplete?: string;
  placeholder?: string;
  spellcheck?: boolean;
}

export function Field(props: FieldProps) {
  const { label, onInput, hint, error = null, rows = 1, type = "text", ...rest } = props;
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== null && `${id}-error`];
  const common = {
    ...rest,
    id,
    "aria-describedby": described.filter(Boolean).join(" ") || undefined,
    "aria-invalid": error === null ? undefined : ("true" as const),
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  // Preact's types allow each `type` only certain roles. No role is given here.
  const inputType = type as "text";
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows > 1 ? <textarea {...common} rows={rows} /> : <input {...common} type={inputType} />}
      {hint !== undefined && <small id={`${id}-hint`}>{hint}</small>}
      {error !== null && (
        <small id={`${id}-error`} class="wrong">
          {error}
        </small>
      )}
    </div>
  );
}

export function Tick(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
