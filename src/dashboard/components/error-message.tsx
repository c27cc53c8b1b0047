/** Why the Worker did not do something, with all that is wrong. */
import type { Problem } from "../shell/api.ts";
import { Icon } from "./icon.tsx";

/** `problem`: null shows nothing, but keeps the place in which screen readers listen. */
export function Refusal({ problem }: { problem: Problem | null }) {
  const { detail, errors } = problem ?? { detail: "", errors: [] };
  const more = errors.filter((error) => !detail.includes(error));
  return (
    <div role="alert" class={problem === null ? "" : "refusal"}>
      {problem !== null && (
        <>
          <p>
            <Icon name="alert" />
            {detail}
          </p>
          {more.length > 0 && (
            <ul>
              {more.map((error) => (
                <li key={error}>{error}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
