/** Opens any number, whether it has a line or not. */
import { useState } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { hrefOf } from "../shell/route.ts";
import { keyOf } from "./line-facts.ts";

export function NumberForm() {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);

  function open(): void {
    const number = keyOf(typed);
    setWrong(number === null);
    if (number !== null) location.hash = hrefOf({ view: "lines", number });
  }

  return (
    <section aria-labelledby="a-number">
      <h2 id="a-number">What would a caller hear?</h2>
      <form
        class="in-a-row"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        <Field
          label="Called number"
          placeholder="+44 20 7946 0000"
          autoComplete="off"
          spellcheck={false}
          value={typed}
          onInput={setTyped}
          hint="Any number, SIP or app user, also one without a line: here you give it one. * is every other number."
          error={wrong ? "This is no number and no name." : null}
        />
        <button type="submit">Open</button>
      </form>
    </section>
  );
}
