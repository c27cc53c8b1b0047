/** A labelled place to write something, with what is wrong with it said at it. */
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** What to write, in a sentence. */
  hint?: string;
  /** What is wrong with it now; null where nothing is. */
  error?: string | null;
  type?: "text" | "password" | "search";
  /** More than one: a field of so many lines. */
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
  // Preact's types tie each `type` to roles of its own, of which none is given here.
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
