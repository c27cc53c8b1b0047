/** The keys that a line's JSON may have. */
import { LINE_OPTIONS } from "./line-options.ts";

export function LineKeys() {
  return (
    <details class="fold">
      <summary>What can stand in it</summary>
      <dl class="line-keys">
        {LINE_OPTIONS.map(([key, example, words]) => (
          <div key={key}>
            <dt>
              <code>
                "{key}": {example}
              </code>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
