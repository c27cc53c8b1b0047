/** The login, for everybody without a session. */
import { useState } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { Logo } from "../components/logo.tsx";
import { ErrorMessage } from "../components/error-message.tsx";
import { ViewTitle } from "../components/view-title.tsx";
import { ask, json, type Problem } from "./api.ts";
import { willMove } from "./router.ts";
import type { Session } from "./permissions.ts";

interface LoginProps {
  /** Whether a session has just ended. */
  ended: boolean;
  onLogin: (session: Session) => void;
}

/** The words of the API are meant for programmers. */
const WRONG_TOKEN: Problem = {
  status: 401,
  detail: "This is no token of this bridge.",
  errors: [],
};

export function Login({ ended, onLogin }: LoginProps) {
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function logIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await ask<Session>("POST", "/session", { body: json({ token: token.trim() }) });
    setBusy(false);
    if (!answer.ok) {
      setProblem(answer.error.status === 401 ? WRONG_TOKEN : answer.error);
      return;
    }
    willMove();
    onLogin(answer.value);
  }

  return (
    <main class="login">
      <p class="brand">
        <Logo />
        Partyline
      </p>
      <ViewTitle title="Log in" />
      {ended && problem === null && (
        <p role="status">Your session has ended. Please log in again.</p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void logIn();
        }}
      >
        <Field
          label="Token"
          type="password"
          autoComplete="current-password"
          required
          value={token}
          onInput={setToken}
          hint="The bridge’s API_TOKEN, or its VIEWER_TOKEN to look only."
        />
        <ErrorMessage problem={problem} />
        <button type="submit" aria-busy={busy}>
          Log in
        </button>
      </form>
    </main>
  );
}
