/** The dialogs to speak to a room and to call somebody into it. */
import { useState } from "preact/hooks";
import type { BatchView } from "../../contract/batch-view.ts";
import { FormDialog } from "../components/dialog.tsx";
import { Field, Tick } from "../components/field.tsx";
import { order } from "../shell/api.ts";
import { tellBatch } from "./orders.ts";

interface OrderDialogProps {
  /** The conference's path in the API. */
  path: string;
  onClose: () => void;
}

const MAX_SPOKEN = 1_500;

export function AnnounceDialog({ path, onClose }: OrderDialogProps) {
  const [text, setText] = useState("");
  const [language, setLanguage] = useState("");
  return (
    <FormDialog<BatchView>
      title="Announce"
      verb="Say it"
      submit={() => order(`${path}/announce`, { text, ...given("language", language) })}
      onDone={(batch) => tellBatch(batch, "Announce", "Said to")}
      onClose={onClose}
    >
      <Field
        label="Text"
        rows={3}
        required
        maxLength={MAX_SPOKEN}
        value={text}
        onInput={setText}
        hint="A voice says it to everybody who is in."
      />
      <Field
        label="Language"
        placeholder="en-GB"
        spellcheck={false}
        value={language}
        onInput={setLanguage}
        hint="Of the voice. Empty: the carrier’s choice, American English."
      />
    </FormDialog>
  );
}

export function DialDialog({ path, onClose }: OrderDialogProps) {
  const [numbers, setNumbers] = useState("");
  const [from, setFrom] = useState("");
  const [pressOne, setPressOne] = useState(true);
  const to = numbers
    .split(/[,;\n]/)
    .map((number) => number.trim())
    .filter(Boolean);
  return (
    <FormDialog<BatchView>
      title="Dial out"
      verb={to.length > 1 ? `Call ${to.length} numbers` : "Call"}
      submit={() => order(`${path}/participants`, { to, pressOne, ...given("from", from) })}
      onDone={(batch) => tellBatch(batch, "Dial out", "Calling")}
      onClose={onClose}
    >
      <Field
        label="Numbers"
        rows={3}
        required
        placeholder="+44 7700 900123"
        spellcheck={false}
        value={numbers}
        onInput={setNumbers}
        hint="Country code first; one a line, or separated by commas."
      />
      <Field
        label="From"
        spellcheck={false}
        value={from}
        onInput={setFrom}
        hint="One of your own numbers. Empty: the only line that leads here."
      />
      <Tick label="They must press 1 to join" checked={pressOne} onChange={setPressOne} />
    </FormDialog>
  );
}

/** An entry of the request body, unless the field was left empty. */
function given(key: string, value: string): Record<string, string> {
  return value.trim() === "" ? {} : { [key]: value.trim() };
}
