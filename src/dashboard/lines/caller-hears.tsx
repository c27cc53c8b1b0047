/** What a caller hears, in words and as the NCCO. */
import type { Ncco } from "../../vonage/ncco.ts";
import { stepsOf } from "./heard-steps.ts";

export function CallerHears({ ncco }: { ncco: Ncco }) {
  return (
    <>
      <ol class="heard">
        {stepsOf(ncco).map(({ words, spoken, language }, index) => (
          // Steps have no identity but their position.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            {words}
            {spoken !== null && <q lang={language ?? "en"}>{spoken}</q>}
          </li>
        ))}
      </ol>
      <details class="fold">
        <summary>The NCCO, as JSON</summary>
        <pre>
          <code>{JSON.stringify(ncco, null, 2)}</code>
        </pre>
      </details>
    </>
  );
}
