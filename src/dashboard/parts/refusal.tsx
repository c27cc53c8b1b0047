/** Why the Worker did not do something, with all that is wrong. */
import type { Problem } from "../shell/api.ts";
import { Icon } from "./icon.tsx";

/** `problem`: null shows nothing, but keeps the place in which screen readers listen. */
export function Refusal({ problem }: { problem: Problem | null }) {
  return (
    <div role="alert" class={problem === null ? "" : "refusal"}>
      {problem !== null && (
        <>
          <p>
            <Icon name="alert" />
            {problem.detail}
          </p>
          {problem.errors.length > 0 && (
            <ul>
              {problem.errors.map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
