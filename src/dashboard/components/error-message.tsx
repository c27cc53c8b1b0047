/** Why a request failed, with all errors. */
import type { Problem } from "../shell/api.ts";
import { Icon } from "./icon.tsx";

/** `problem`: null shows nothing, but keeps the live region for screen readers. */
export function ErrorMessage({ problem }: { problem: Problem | null }) {
  const { detail, errors } = problem ?? { detail: "", errors: [] };
  const more = errors.filter((error) => !detail.includes(error));
  return (
    <div role="alert" class={problem === null ? "" : "error-message"}>
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
